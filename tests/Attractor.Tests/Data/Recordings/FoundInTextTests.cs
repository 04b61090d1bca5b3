using System.Globalization;
using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;

namespace Attractor.Tests.Data.Recordings;

/// <summary>What stands around the numbers of a file of text is found, and said.</summary>
public sealed class FoundInTextTests : IDisposable
{
    private const int Rows = 60;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("# one\n#two, three\nx,y\n", ",", "2 lines of comments left out")]
    [InlineData("\ufeff# one\r\nx;y\r\n", ";", "1 line of comment left out")]
    [InlineData("% one\nx,y\n", ",", "1 line of comment left out")]
    [InlineData("// one\nx,y\n", ",", "1 line of comment left out")]
    [InlineData("! one\nx\ty\n", "\t", "1 line of comment left out")]
    [InlineData("# x,y\n", ",", null)]
    [InlineData("# made by it\n# x,y\n", ",", "1 line of comment left out")]
    [InlineData("Device: 7\nSerial, 5, 6\n\nx,y\n", ",", "2 lines before the table left out")]
    [InlineData("sep=;\nx;y\n", ";", null)]
    [InlineData("x|y\n", "|", null)]
    [InlineData("x,y\nm,m/s\n", ",", "the names of 2 lines joined")]
    [InlineData("x,y\nx,y\n", ",", "the names of 2 lines joined")]
    public void Comments_lines_before_the_table_and_names_of_two_lines(string start, string separator, string? note)
    {
        DataReading reading = DataFile.Read(File("a.csv", start + Numbers(separator)));
        Assert.Equal(note?.Contains("joined", StringComparison.Ordinal) == true && start.Contains("m/s", StringComparison.Ordinal)
            ? ["x m", "y m/s"] : ["x", "y"], reading.Variables);
        Assert.Equal(note is null ? [] : [note], reading.Notes.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        RequireValues(reading);
    }

    [Theory]
    [InlineData("a.txt", "", "  ")]
    [InlineData("a.dat", "# x y\n", " ")]
    [InlineData("a.csv", "x y\n", "  ")]
    [InlineData("a.txt", "\"x\" \"y\"\n", "   ")]
    public void Blanks_separate_cells_where_nothing_else_does(string name, string start, string separator)
    {
        DataReading reading = DataFile.Read(File(name, start + Numbers(separator, before: " ")));
        Assert.Equal(start.Length == 0 ? ["x1", "x2"] : ["x", "y"], reading.Variables);
        RequireValues(reading);
    }

    [Fact]
    public void Blanks_and_decimal_commas()
        => RequireValues(DataFile.Read(File("a.txt", Numbers(" ").Replace('.', ','))));

    [Fact]
    public void Quoted_decimal_commas_between_commas()
        => RequireValues(DataFile.Read(File("a.csv", "x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(
            t => FormattableString.Invariant($"\"{X(t)}\",\"{Y(t)}\"\n").Replace('.', ','))))));

    [Theory]
    [InlineData("x,y\n", ",", "")]
    [InlineData("\"x\",\"y\"\n", "", "\"{0}\",")]
    public void Rows_of_a_cell_more_than_names_end_with_a_separator_or_begin_with_an_index(string header, string end, string start)
    {
        string text = header + string.Concat(Enumerable.Range(0, Rows).Select(
            t => string.Format(CultureInfo.InvariantCulture, start, t + 1) + FormattableString.Invariant($"{X(t)},{Y(t)}{end}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        Assert.Equal(["x", "y"], reading.Variables);
        RequireValues(reading);
    }

    [Fact]
    public void A_comment_between_the_rows_is_none()
    {
        string[] lines = Numbers(",").Split('\n');
        RequireValues(DataFile.Read(File("a.csv", "x,y\n" + string.Join('\n', [.. lines[..30], "# pause", .. lines[30..]]))));
    }

    [Fact]
    public void Headers_of_pandas_with_two_levels_are_joined_above_their_index()
    {
        string text = ",a,a\n,x,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(
            t => FormattableString.Invariant($"{t},{X(t)},{Y(t)}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        Assert.Equal(["a x", "a y"], reading.Variables);
        Assert.Equal(ColumnRole.Index, reading.Columns[0].Role);
        RequireValues(reading);
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("<NA>")]
    [InlineData("#N/A")]
    [InlineData("-nan")]
    [InlineData("1.#QNAN")]
    [InlineData("-1.#IND")]
    public void What_other_programs_write_for_a_missing_value_is_one(string word)
    {
        DataReading reading = DataFile.Read(File("a.csv", "x,y\n" + Numbers(",") + $"{word},3\n"));
        Assert.Equal(1, reading.Columns[0].Missing);
        Assert.True(double.IsNaN(reading.Trials[0][Rows, 0]));
    }

    [Theory]
    [InlineData("11,649.29")]
    [InlineData("11'649.29")]
    [InlineData("11 649.29")]
    public void Separators_of_thousands_are_named(string cell)
        => Assert.EndsWith(
            "is not a number; write nothing between thousands, and decimals with a point",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(File("a.csv", $"x,y\n1,2\n\"{cell}\",3\n"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("# one\n# two\n", "holds only comments")]
    [InlineData("<!DOCTYPE html><html></html>\n", "is a page of HTML")]
    [InlineData("<?xml version=\"1.0\"?>\n", "is XML")]
    public void What_is_no_table_is_named(string text, string message)
        => Assert.StartsWith(
            "a.csv: " + message, Assert.Throws<InvalidDataException>(() => DataFile.Read(File("a.csv", text))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("x\n0,25\n0,5\n-1,75\n", "0.25,0.5,-1.75")]
    [InlineData("0,25\n0,05\n1,75\n", "0.25,0.05,1.75")]
    [InlineData("x\n1,7\n2,6\n3,9\n", "7,6,9")]
    [InlineData("1,5;2,5\n3,5;4\n", "1.5,2.5,3.5,4")]
    [InlineData("x,y,z\n,,hPa\n1,2,3\n4,5,6\n7,8,9.5\n", "1,2,3,4,5,6,7,8,9.5")]
    [InlineData("x,y\n1,2\n3,4.5\n,\n,\n", "1,2,3,4.5")]
    [InlineData("x;y;w\n1;2;\"a\"\n3;4,5;\"b\"\n;;\n6;7;\"c\"\n;;\n", "1,2,3,4.5,NaN,NaN,6,7")]
    [InlineData("x,y\n\u22121.5,2\n3,4.5\u00A0\n", "-1.5,2,3,4.5")]
    [InlineData("x y\n1.5D-01 2.0D+02\n-3.25D+00 1.0D-03\n", "0.15,200,-3.25,0.001")]
    public void Numbers_as_other_programs_write_them(string text, string values) => Assert.Equal(
        [.. values.Split(',').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))],
        DataFile.Read(File("a.csv", text)).Trials[0].Values.ToArray());

    [Theory]
    [InlineData("x:y\n1:2\n3:4\n", "separate cells by commas, semicolons or tabs")]
    [InlineData("x,p\n1,3.5%\n2,4\n", "write the unit into the header, and numbers alone below it")]
    [InlineData("t,x\n00:01.5,1\n00:02.0,2\n", "write times such as 2024-12-31T12:30:00 or 12:30:00, or seconds")]
    public void Cells_that_are_no_numbers_are_told_how_to_be(string text, string advice) => Assert.EndsWith(
        advice, Assert.Throws<InvalidDataException>(() => DataFile.Read(File("a.csv", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_of_two_bytes_a_letter_is_named_without_its_mark()
    {
        string path = File("a.csv", "");
        System.IO.File.WriteAllBytes(path, System.Text.Encoding.Unicode.GetBytes("x,y\n1,2\n3,4\n5,6\n7,8\n9,10\n"));
        Assert.Contains(
            "UTF-16 without a byte order mark",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Units_in_every_cell_are_said()
        => Assert.Contains(
            "write the unit into the header",
            DataFile.Read(File("a.csv", "x,p\n1,2.5 mV\n2,3.5 mV\n0,4.5 mV\n")).Notes.Single().ToString(), StringComparison.Ordinal);

    [Fact]
    public void An_index_that_counts_within_each_subject_is_left_out()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(
            i => FormattableString.Invariant($"{i / 20},{i % 20},{Math.Sin(i)},{Math.Cos(2 * i)}"));
        DataReading reading = DataFile.Read(File("a.csv", "subject,n,x,y\n" + string.Join('\n', rows)));
        Assert.Equal(["x", "y"], reading.Variables);
    }

    [Fact]
    public void Trials_of_each_subject_are_no_variable()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 200).Select(
            i => FormattableString.Invariant($"{(i < 100 ? 'a' : 'b')},{i / 50 % 2},{Math.Sin(i)}"));
        DataReading reading = DataFile.Read(File("a.csv", "subject,trial,x\n" + string.Join('\n', rows)));
        Assert.Equal(["x"], reading.Variables);
    }

    [Theory]
    [InlineData("25.01.24", "26.01.24", 86400)]
    [InlineData("31/12/99 10:00", "31/12/99 10:30", 1800)]
    [InlineData("1/30/24", "1/31/24", 86400)]
    public void Years_of_two_digits(string first, string second, double dt)
        => Assert.Equal(dt, DataFile.Read(File("a.csv", $"date,x\n{first},1\n{second},2.5\n"), new() { Time = "date" }).Dt);

    [Fact]
    public void Years_of_two_digits_that_may_come_first_are_refused()
        => Assert.Contains(
            "whose year has two digits, first or last",
            Assert.Throws<InvalidDataException>(
                () => DataFile.Read(File("a.csv", "date,x\n24/01/25,1\n25/01/25,2.5\n"), new() { Time = "date" })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1706140800.02, 0.02)]
    [InlineData(1706140800.5, 0.0025)]
    [InlineData(0, 0.05)]
    public void The_step_of_times_with_many_digits_is_the_one_that_was_meant(double first, double step)
    {
        IEnumerable<string> rows = Enumerable.Range(0, 400).Select(i => FormattableString.Invariant($"{first + (i * step):F4},{i % 7}.5"));
        DataReading reading = DataFile.Read(File("a.csv", "unix_time,x\n" + string.Join('\n', rows)));
        Assert.Equal(step, reading.Dt);
    }

    [Theory]
    [InlineData("20240229", "20240301", 86400)]
    [InlineData("20240229235959", "20240301000000", 1)]
    [InlineData("29-Feb-2024 10:00", "29-Feb-2024 10:30", 1800)]
    [InlineData("1 days 00:00:00.5", "1 days 00:00:00.75", 0.25)]
    public void Dates_in_other_spellings(string first, string second, double dt)
    {
        DataReading reading = DataFile.Read(File("a.csv", $"date,x\n{first},1\n{second},2.5\n"), new() { Time = "date" });
        Assert.Equal(dt, reading.Dt!.Value, 1e-9);
        Assert.Equal("s", reading.TimeUnit);
    }

    [Fact]
    public void Months_alone_are_dates()
        => Assert.Equal(29 * 86_400.0, DataFile.Read(File("a.csv", "month,x\n2024-02,1\n2024-03,2.5\n")).Dt);

    [Fact]
    public void A_day_and_a_time_of_day_in_two_columns_are_one_time()
    {
        string text = "day,clock,x\n" + string.Concat(Enumerable.Range(0, 96).Select(
            t => FormattableString.Invariant($"2024-01-0{1 + (t / 48)},{t % 48 / 2:00}:{30 * (t % 2):00},{X(t)}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        Assert.Equal((1800.0, 0, 96L), (reading.Dt, reading.Gaps, reading.Rows));
    }

    [Fact]
    public void Newest_rows_first_are_turned_round()
    {
        string text = "date,x,y\n" + string.Concat(Enumerable.Range(0, Rows).Reverse().Select(
            t => FormattableString.Invariant($"{new DateTime(2024, 1, 1).AddHours(t):yyyy-MM-dd HH:mm},{X(t)},{Y(t)}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        RequireValues(reading);
        Assert.Equal(3600, reading.Dt);
        Assert.Equal(
            "the times in 'date' fall: the rows are taken from the last to the first",
            reading.Notes[0].ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Where_times_begin_anew_another_recording_does()
    {
        string text = "t,x\n" + string.Concat(Enumerable.Range(0, Rows).Select(
            t => FormattableString.Invariant($"{t % 20 * 0.5},{X(t)}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        Assert.Equal([20, 20, 20], reading.Trials.Select(trial => trial.Length));
        Assert.Equal(X(20), reading.Trials[1][0, 0]);
        Assert.Equal(0.5, reading.Dt);
        Assert.Contains(
            "go back 2 times, first after row 19", reading.Notes[0].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_temperature_called_T_is_no_time()
    {
        string text = "T,x\n" + string.Concat(Enumerable.Range(0, Rows).Select(
            t => FormattableString.Invariant($"{Y(t)},{X(t)}\n")));
        Assert.Equal(["T", "x"], DataFile.Read(File("a.csv", text)).Variables);
    }

    [Theory]
    [InlineData("2,1,0", "does not rise from row to row")]
    [InlineData("5,6,9", "leaves out numbers in 1 places")]
    public void An_index_in_another_order_or_with_rows_dropped_is_one(string form, string note)
    {
        int[] index = form[0] == '2'
            ? [.. Enumerable.Range(0, Rows).Reverse()]
            : [.. Enumerable.Range(5, Rows).Select(i => i > 20 ? i + 3 : i)];
        string text = ",x,y\n" + string.Concat(index.Select((n, t) => FormattableString.Invariant($"{n},{X(t)},{Y(t)}\n")));
        DataReading reading = DataFile.Read(File("a.csv", text));
        Assert.Equal(["x", "y"], reading.Variables);
        Assert.Contains(reading.Notes, found => found.ToString(CultureInfo.InvariantCulture).Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_for_missing_values_and_repeated_columns_are_said()
    {
        string text = "x,y,z\n" + string.Concat(Enumerable.Range(0, Rows).Select(
            t => FormattableString.Invariant($"{X(t)},{(t == 7 ? -999 : Y(t))},{X(t)}\n")));
        string notes = string.Join('\n', DataFile.Read(File("a.csv", text)).Notes.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(
            "'y' is -999 in 1 row, far from all its other values: where that stands for a missing value, leave the cell empty\n"
            + "'z' repeats 'x' row by row", notes);
    }

    private static double X(int t) => Math.Round(Math.Sin(0.7 * t) * 3, 4) + 0.00001;

    private static double Y(int t) => Math.Round(Math.Cos(1.3 * t) - 0.2, 4) + 0.00001;

    private static string Numbers(string separator, string before = "") => string.Concat(Enumerable.Range(0, Rows).Select(
        t => FormattableString.Invariant($"{before}{X(t)}{separator}{Y(t)}\n")));

    private static void RequireValues(DataReading reading)
    {
        Assert.Equal((Rows, 2), (reading.Trials[0].Length, reading.Trials[0].Dimension));
        for (int t = 0; t < Rows; t++)
            Assert.Equal((X(t), Y(t)), (reading.Trials[0][t, 0], reading.Trials[0][t, 1]));
    }

    private string File(string name, string text) => _folder.File(name, Encoding.UTF8.GetBytes(text));
}
