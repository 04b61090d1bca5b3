using System.Globalization;
using System.IO.Compression;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Recordings;

/// <summary>Files of data as people have them.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(",x,y", "{0},{1},{2}", "index in column 1")]
    [InlineData("n,x,y", "{0},{1},{2}", "index 'n'")]
    [InlineData("x,n,y", "{1},{0},{2}", "index 'n'")]
    [InlineData("t,x,y", "{3},{1},{2}", "time 't'")]
    [InlineData("date,x,y", "{4},{1},{2}", "time 'date'")]
    [InlineData("x,y,", "{1},{2},", null)]
    [InlineData("x;y", "{5};{6}", null)]
    [InlineData("date;x;y", "{4};{5};{6}", "time 'date'")]
    [InlineData("x,y,note", "{1},{2},fine", "text 'note'")]
    [InlineData("x,y,gone", "{1},{2},", "empty 'gone'")]
    [InlineData("ramp,x,y", "{7},{1},{2}", "ramp 'ramp'")]
    [InlineData("\ufeffx\ty", "{1}\t{2}", null)]
    public void What_is_no_variable_is_left_out_and_named(string header, string row, string? left)
    {
        DataReading reading = DataFile.Read(File("a.csv", Table(header, row, 40)));
        Assert.Equal(["x", "y"], reading.Variables);
        Assert.Equal(40, reading.Rows);
        Assert.Equal(X(7), reading.Trials[0][7, 0]);
        Assert.Equal(Y(39), reading.Trials[0][39, 1]);
        Assert.Equal(left is null ? "2 columns, 40 rows" : $"2 columns of 3 ({left} left out), 40 rows", reading.Summary.Split(", dt")[0]);
    }

    [Theory]
    [InlineData("t,x", "{3},{1}", 0.25, null)]
    [InlineData("t_ms,x", "{0},{1}", 0.001, "s")]
    [InlineData("time [s],x", "{3},{1}", 0.25, "s")]
    [InlineData("date,x", "{4},{1}", 3600.0, "s")]
    [InlineData("timestamp,x", "17000000{8}00,{1}", 0.1, "s")]
    public void The_time_step_is_that_of_the_times(string header, string row, double dt, string? unit)
    {
        DataReading reading = DataFile.Read(
            File("a.csv", Table(header, row, 40)), new() { Time = header.Split(',')[0] });
        Assert.Equal(dt, reading.Dt!.Value, 1e-12);
        Assert.Equal(unit, reading.TimeUnit);
        Assert.Equal(dt, reading.Trials[0].Dt, 1e-12);
    }

    [Theory]
    [InlineData("2024-03-31T01:00:00Z", "2024-03-31T02:00:00+00:00", 3600)]
    [InlineData("2024-03-31 01:59:59.5", "2024-03-31 02:00:00", 0.5)]
    [InlineData("2024-03-31T01:59:59+01:00", "2024-03-31T03:00:00+02:00", 1)]
    [InlineData("31.12.2023 23:59", "01.01.2024 00:00", 60)]
    [InlineData("12/31/2023", "1/1/2024", 86400)]
    [InlineData("31/12/2023 11:00 PM", "01/01/2024 12:00 AM", 3600)]
    [InlineData("23:59:58", "23:59:59", 1)]
    [InlineData("2024-01-01 00:00:00.123456789", "2024-01-01 00:00:00.123466789", 1e-5)]
    public void Dates_are_read_with_their_zones(string first, string second, double step)
    {
        DataReading reading = DataFile.Read(File("a.csv", $"when,x\n{first},1\n{second},2\n"));
        Assert.Equal(step, reading.Dt!.Value, 1e-9);
    }

    [Fact]
    public void Of_day_and_month_the_reading_that_rises_is_taken()
        => Assert.Equal(28 * 86400.0, DataFile.Read(File("a.csv", "when,x\n03/02/2024,1\n02/03/2024,2\n")).Dt!.Value);

    [Theory]
    [InlineData("when,x\n01/02/2024,1\n03/04/2024,2\n", "the times in 'when': dates that may have the day or the month first")]
    [InlineData("when,x\n2024-01-01T00:00Z,1\n2024-01-02T00:00,2\n", "the times in 'when': 1 of 2 times have a zone")]
    public void Dates_that_can_be_read_in_two_ways_are_refused(string text, string message) => Refused(text, message);

    [Fact]
    public void Numbers_above_columns_of_decimals_are_a_header()
    {
        DataReading frame = DataFile.Read(File("a.csv", Table(",0,1", "{0},{1},{2}", 20)));
        Assert.Equal((20, 2), (frame.Trials[0].Length, frame.Trials[0].Dimension));
        Assert.Equal(X(0), frame.Trials[0][0, 0]);
        TimeSeries wide = SeriesFile.Read(File("b.csv", Table("0,1", "{1},{2}", 20)));
        Assert.Equal((20, X(0)), (wide.Length, wide[0, 0]));
        Assert.Equal(21, SeriesFile.Read(File("c.csv", Table("0,1", "{0},{0}", 20))).Length);
        Assert.Equal(21, SeriesFile.Read(File("d.csv", Table("0.5,1.5", "{1},{2}", 20))).Length);
    }

    [Theory]
    [InlineData("x;y\n1,234;5,678\n", "'5,678' may be 5.678 or 5678")]
    [InlineData("x;y\n1.5;2,5\n", "line 2, column 2 ('y'): '2,5' is not a number; write decimals with a point")]
    [InlineData("x,y,\n1,2,\n3,4,5\n1,2,\n", "line 3, column 3")]
    public void Cells_that_may_be_a_slip_are_refused(string text, string message)
    {
        if (message.StartsWith("line 3", StringComparison.Ordinal))
            Assert.Equal(3, DataFile.Read(File("a.csv", text)).Columns.Count);
        else
            Refused(text, message);
    }

    [Fact]
    public void A_value_after_the_last_separator_of_a_long_file_is_refused()
        => Refused(Table("x,y,", "{1},{2},", 5000) + "1,2,3\n", "line 5002 has a value after its last comma");

    [Fact]
    public void One_word_among_numbers_is_a_mistake_wherever_it_stands()
    {
        Refused("x,y\n1,2\n3,four\n", "line 3, column 2 ('y'): 'four' is not a number");
        Refused("x,y\nm,2\n1,2\n3,4\n", "line 2, column 1 ('x'): 'm' is not a number");
        Assert.Equal(["y"], DataFile.Read(File("a.csv", "x,y\nm,1\n1,2\n"), new() { Columns = ["y"] }).Variables);
    }

    [Fact]
    public void At_gaps_a_recording_is_taken_apart()
    {
        StringBuilder text = new("t,x\n");
        for (int i = 0; i < 100; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i + (i >= 30 ? 5 : 0) + (i >= 70 ? 1 : 0)) * 0.1:R},{X(i):R}\n");
        DataReading reading = DataFile.Read(File("a.csv", text.ToString()));
        Assert.Equal([30, 40, 30], reading.Trials.Select(trial => trial.Length));
        Assert.Equal(X(30), reading.Trials[1][0, 0]);
        Assert.Equal("1 column of 2 (time 't' left out), 3 parts of 30 to 40 rows, dt 0.1, 2 gaps", reading.Summary);
    }

    [Fact]
    public void Irregular_steps_are_said()
    {
        StringBuilder text = new("t,x\n");
        for (int i = 0; i < 60; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i + (0.3 * Math.Sin(i)):R},{X(i):R}\n");
        DataReading reading = DataFile.Read(File("a.csv", text.ToString()));
        Assert.Single(reading.Trials);
        Assert.Contains(reading.Notes, note => note.ToString(CultureInfo.InvariantCulture).StartsWith(
            "irregular steps in 't'", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_that_go_back_are_refused_where_they_are_asked_for()
    {
        string file = File("a.csv", "when,x\n0.1,1\n0.3,2\n0.2,3\n");
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => DataFile.Read(file, new() { Time = "when" }));
        Assert.StartsWith("a.csv: the times in 'when' go back between rows 1 and 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_says_the_trials_wherever_their_rows_stand()
    {
        string file = File("a.csv", "who,t,x\nann,0.0,1\nbob,0.0,10\nann,0.5,2\nbob,0.5,20\nann,1.0,3\n");
        DataReading reading = DataFile.Read(file, new() { Trial = "who" });
        Assert.Equal([3, 2], reading.Trials.Select(trial => trial.Length));
        Assert.Equal([1.0, 2, 3], reading.Trials[0].Column(0));
        Assert.Equal((0.5, "x"), (reading.Dt!.Value, reading.Variables[0]));
    }

    [Theory]
    [InlineData("who,t,x\n1,0.0,1\n,0.0,8\n2,0.0,10\n1,0.5,2\n2,0.5,20\n,0.3,9\n1,1.0,3\n")]
    [InlineData("who,t,x\nann,0.0,1\n,0.0,8\nbob,0.0,10\nann,0.5,2\nbob,0.5,20\n,0.3,9\nann,1.0,3\n")]
    public void Rows_of_no_trial_are_left_out_and_counted(string text)
    {
        DataReading reading = DataFile.Read(File("a.csv", text), new() { Trial = "who" });
        Assert.Equal([1.0, 2, 3, 10, 20], reading.Trials.SelectMany(trial => trial.Column(0)));
        Assert.Equal((2, 0.5), (reading.Trials.Count, reading.Dt!.Value));
        Assert.Contains("2 rows without a value in 'who' left out", string.Join('\n', reading.Notes), StringComparison.Ordinal);
        Assert.Contains(
            "the column 'who' is empty, and names no trials", Fails(File("b.csv", "who,x\n,1\n,2\n,4\n"), new() { Trial = "who" }),
            StringComparison.Ordinal);
    }

    /// <summary>A numbering says no time step; seconds since 1970, and numbers with a unit, do.</summary>
    [Theory]
    [InlineData("timestamp", 1_700_000_000, 1.0, "s")]
    [InlineData("time_ms", 0, 0.001, "s")]
    [InlineData("time [min]", 5, 1.0, "min")]
    [InlineData("t", 0, null, null)]
    public void Times_that_rise_by_one_are_times_where_their_unit_is_known(string name, long first, double? dt, string? unit)
    {
        StringBuilder text = new($"{name},x,y\n");
        for (int i = 0; i < 60; i++)
            text.Append(CultureInfo.InvariantCulture, $"{first + i},{X(i):R},{X(i + 7):R}\n");
        DataReading reading = DataFile.Read(File("a.csv", text.ToString()));
        Assert.Equal(["x", "y"], reading.Variables);
        Assert.Equal((dt, unit), (reading.Dt, reading.TimeUnit));
    }

    [Fact]
    public void An_identifier_and_a_constant_are_noticed()
    {
        StringBuilder text = new("subject,c,x\n");
        for (int i = 0; i < 40; i++)
            text.Append(CultureInfo.InvariantCulture, $"{1 + (i / 20)},7,{X(i):R}\n");
        DataReading reading = DataFile.Read(File("a.csv", text.ToString()));
        Assert.Equal([ColumnRole.Identifier, ColumnRole.Variable, ColumnRole.Variable], reading.Columns.Select(column => column.Role));
        Assert.True(reading.Columns[1].IsConstant);
        string notes = string.Join('\n', reading.Notes);
        Assert.Contains("'c' is constant: Columns x leaves it out", notes, StringComparison.Ordinal);
        Assert.Contains("Trial subject reads each as a trial", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_chosen_by_name_or_number_in_any_order()
    {
        string file = File("a.csv", Table(",x,y", "{0},{1},{2}", 20));
        Assert.Equal(["y", "x"], DataFile.Read(file, new() { Columns = ["y", "2"] }).Variables);
        Assert.Equal(3, DataFile.Read(file, new() { Columns = ["1", "2", "3"] }).Variables.Count);
        Assert.Contains("no column 'z'", Fails(file, new() { Columns = ["z"] }), StringComparison.Ordinal);
        Assert.Contains("asked for twice", Fails(file, new() { Columns = ["x", "2"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_variables_are_found_by_name_and_counted_without()
    {
        string file = File("a.csv", Table("y,w,x", "{2},{1},{1}", 20));
        Assert.Equal(["x", "y"], DataFile.Read(file, new() { Variables = ["x", "y"] }).Variables);
        Assert.Equal(X(3), DataFile.Read(file, new() { Variables = ["x", "y"] }).Trials[0][3, 0]);
        Assert.Contains("no column 'z'", Fails(file, new() { Variables = ["x", "z"] }), StringComparison.Ordinal);
        string bare = File("b.csv", Table("", "{1},{2}", 20).TrimStart('\n'));
        Assert.Equal(["x", "z"], DataFile.Read(bare, new() { Variables = ["x", "z"] }).Variables);
        Assert.Contains("has 2 columns, the model observes 3", Fails(bare, new() { Variables = ["a", "b", "c"] }));
    }

    [Fact]
    public void An_array_of_three_dimensions_holds_trials()
    {
        string file = System.IO.Path.Combine(_folder, "a.npz");
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("x.npy").Open();
            string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4, 2), }";
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
            for (int i = 0; i < 24; i++)
                entry.Write(BitConverter.GetBytes((double)(i * i)));
        }
        IReadOnlyList<TimeSeries> trials = DataFile.Read(file).Trials;
        Assert.Equal((3, 4, 2), (trials.Count, trials[0].Length, trials[0].Dimension));
        Assert.Equal([64.0, 81], trials[1].Row(0).ToArray());
    }

    [Fact]
    public void Parts_of_data_in_an_archive_are_not_put_together()
    {
        string file = System.IO.Path.Combine(_folder, "a.npz");
        SeriesFile.WriteTrials(file, [new([1, 2, 3], 1), new([4, 5], 1)]);
        Assert.Equal(2, DataFile.Read(file).Trials.Count);
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Update))
            foreach ((string from, string to) in new[] { ("arr_0.npy", "x_train.npy"), ("arr_1.npy", "x_test.npy") })
            {
                using MemoryStream bytes = new();
                using (Stream old = archive.GetEntry(from)!.Open())
                    old.CopyTo(bytes);
                archive.GetEntry(from)!.Delete();
                using Stream renamed = archive.CreateEntry(to).Open();
                renamed.Write(bytes.ToArray());
            }
        DataReading reading = DataFile.Read(file);
        Assert.Equal([1.0, 2, 3], reading.Trials.Single().Column(0));
        Assert.Contains(reading.Notes, note => note.ToString(CultureInfo.InvariantCulture).StartsWith(
            "array 'x_train' of x_train (3 x 1), x_test (2 x 1)", StringComparison.Ordinal));
        Assert.Equal([4.0, 5], DataFile.Read(file, new() { Array = "x_test" }).Trials.Single().Column(0));
        Assert.Contains("no array 'x_tes' (did you mean 'x_test'?)", Fails(file, new() { Array = "x_tes" }), StringComparison.Ordinal);
    }

    private static double X(int i) => Math.Round(Math.Sin(1.3 * i) + 2.0001, 5);

    private static double Y(int i) => Math.Round(Math.Cos(0.7 * i * i) - 1.0001, 5);

    private static string Table(string header, string row, int rows)
    {
        StringBuilder text = new(header + "\n");
        for (int i = 0; i < rows; i++)
            text.Append(string.Format(
                CultureInfo.InvariantCulture, row,
                i, X(i), Y(i), 5 + (0.25 * i),
                new DateTime(2024, 3, 30).AddHours(i).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                Comma(X(i)), Comma(Y(i)), 3 - (-0.5 * i), (10 + i).ToString("000", CultureInfo.InvariantCulture))).Append('\n');
        return text.ToString();
    }

    private static string Comma(double value) => value.ToString(CultureInfo.InvariantCulture).Replace('.', ',');

    private void Refused(string text, string message)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => DataFile.Read(File("a.csv", text)));
        Assert.StartsWith("a.csv: " + message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static string Fails(string file, DataSelection selection)
        => Assert.Throws<InvalidDataException>(() => DataFile.Read(file, selection)).Message;

    private string File(string name, string text)
    {
        string path = System.IO.Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
