using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

public sealed class CsvTests : IDisposable
{
    private const double Missing = double.NaN;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\r\n3,4")]
    [InlineData("1;2\n3;4\n")]
    [InlineData("1\t2\n3\t4\n")]
    [InlineData(" 1 , 2 \n\"3\",\" 4 \"\n")]
    [InlineData("\n\n1,2\n3,4\n\n\n")]
    [InlineData("\uFEFF1,2\n3,4\n")]
    [InlineData("1e0,+2.0\n.3e1,400E-2\n")]
    public void Rows_of_numbers_are_read_with_any_separator_and_line_end(string text)
    {
        TimeSeries series = Read(text);
        Assert.Equal([1, 2, 3, 4], series.Values.ToArray());
        Assert.Equal((2, 2), (series.Length, series.Dimension));
        Assert.Equal(["x1", "x2"], series.Names);
    }

    [Theory]
    [InlineData("temp,load\n1,2\n")]
    [InlineData("\"temp\";\" load\"\n1;2\n")]
    [InlineData("temp , load\n1,2\n")]
    [InlineData("\n\ntemp\tload\n1\t2\n\n")]
    public void A_first_line_without_numbers_is_a_header(string text)
    {
        TimeSeries series = Read(text);
        Assert.Equal(["temp", "load"], series.Names);
        Assert.Equal([1, 2], series.Values.ToArray());
    }

    [Fact]
    public void A_comma_in_a_quoted_name_does_not_separate()
        => Assert.Equal(["a, in mm; \"wet\"", "x2"], Read("\"a, in mm; \"\"wet\"\"\",\n1,2\n").Names);

    [Fact]
    public void Missing_values_are_recognised()
        => Assert.Equal(
            [1, Missing, Missing, 2, Missing, Missing, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity],
            Read("1,,NaN\n2,nan,NA\ninf,-inf,Infinity\n").Values.ToArray());

    [Fact]
    public void A_first_line_with_missing_values_is_still_data()
        => Assert.Equal([Missing, 1, 2, 3], Read("NaN,1\n2,3\n").Values.ToArray());

    [Fact]
    public void Blank_lines_within_a_single_column_are_missing_values()
        => Assert.Equal([1, Missing, Missing, 4, Missing], Read("x\n1\n\n\"\"\n4\n\"\"\n\n").Values.ToArray());

    [Fact]
    public void Text_in_UTF_16_is_read()
        => Assert.Equal(
            ["größe"],
            SeriesFile.Read(_folder.File(
                "a.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größe\n1\n")])).Names);

    [Theory]
    [InlineData("a,b\n1,2\n3,6.7\0\0\0\0\n", "line 3, column 2 ('b'): '6.7")]
    [InlineData("1,2\n3,6.7\0\0\0", "line 2, column 2: '6.7???' is not a number; it holds zero bytes, as a write that was cut short")]
    [InlineData("1,2\n1e3\0,4\n", "line 2, column 1: '1e3?' is not a number; it holds zero bytes")]
    [InlineData("1;2,5\n3;6,7\0\n", "line 2, column 2: '6,7?' is not a number; it holds zero bytes")]
    [InlineData("x\n1\n\0\0\0", "line 3, column 1 ('x'): '???' is not a number; it holds zero bytes")]
    [InlineData("1,2\n3,4,5\n", "line 2 has 3 cells, expected 2 as in the lines before")]
    [InlineData("a,b\n1,2\n\n3,4\n5\n", "line 3 is blank, expected 2 cells")]
    [InlineData("a;b\n1;2\n5\n", "line 3 has 1 cells, expected 2 as in the lines before (cells are separated by semicolons)")]
    [InlineData("1,2\n3,four\n", "line 2, column 2: 'four' is not a number; leave a missing value empty or write NaN")]
    [InlineData("a,b\n1,2\n3,four\n", "line 3, column 2 ('b'): 'four' is not a number")]
    [InlineData("a,7\n1,2\n", "line 1, column 1: 'a' is not a number; in a header, no name may be a number")]
    [InlineData("a;b\n1.5;2,5\n", "line 2, column 2 ('b'): '2,5' is not a number; write decimals with a point")]
    [InlineData("x\n1\n1 2 3\n", "line 3, column 1 ('x'): '1 2 3' is not a number; separate cells by commas, semicolons or tabs")]
    [InlineData("a,b\n", "holds a header but no row of values")]
    [InlineData("\n \n\n", "holds only blank lines, expected rows of values")]
    [InlineData("1,2\n3,\"4\n5,6\n", "line 2: ")]
    [InlineData("1,2\n3,\u0001\u0002\n", "line 2, column 2: '??' is not a number")]
    public void A_bad_file_is_explained_with_the_line(string text, string message)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.StartsWith("a.csv: " + message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".tsv")]
    public void What_is_written_reads_back_exactly(string extension)
    {
        double[] values = [0.1, -1 / 3.0, double.MaxValue, double.Epsilon, Missing, double.NegativeInfinity, -0.0, 1e22];
        TimeSeries series = new(values, 2, names: ["a;b\tc, \"d\"", "x 2"]);
        string path = _folder.File("w" + extension);
        SeriesFile.Write(path, series);
        TimeSeries back = SeriesFile.Read(path);
        Assert.Equal(series.Names, back.Names);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), back.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_single_column_with_missing_values_reads_back()
    {
        string path = _folder.File("w.csv");
        SeriesFile.Write(path, new TimeSeries([1, Missing, 3, Missing], 1));
        Assert.Equal([1, Missing, 3, Missing], SeriesFile.Read(path).Values.ToArray());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("NA")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    public void A_name_that_would_not_read_back_as_a_name_is_refused(string name)
    {
        string path = _folder.File("w.csv");
        Assert.StartsWith(
            "w.csv: the column name",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Write(path, new TimeSeries([1], 1, names: [name]))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private TimeSeries Read(string text) => SeriesFile.Read(_folder.File("a.csv", Encoding.UTF8.GetBytes(text)));
}
