using System.Globalization;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>JSON lines, and the .ts files of sktime.</summary>
public sealed class LinesOfTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cases_are_trials_and_their_classes_are_dropped()
    {
        DataReading reading = DataFile.Read(Fixture.Path("cases.ts"));
        Assert.Equal([3, 2], reading.Trials.Select(trial => trial.Length));
        Assert.Equal([1, 4, 2.5, 5, -300, double.NaN], reading.Trials[0].Values.ToArray());
        Assert.Equal([7, 9, 8, 10], reading.Trials[1].Values.ToArray());
        Assert.Equal("the class of each case is dropped", reading.Notes.Single().ToString(CultureInfo.InvariantCulture));
        Assert.Equal([1.0, 2], SeriesFile.Read(File("a.ts", "@problemName a\n@classLabel false\n@data\n1,2\n")).Column(0));
    }

    [Theory]
    [InlineData("@problemName a\n1,2\n", "line 2: '1,2' comes before @data")]
    [InlineData("@problemName a\n", "there is no line @data")]
    [InlineData("@problemName a\n@data\n", "holds no case")]
    [InlineData("@problemName a\n@timestamps true\n@data\n(0,1):a\n", "the values have timestamps, which are not read")]
    [InlineData("@problemName a\n@data\n1,2:3\n", "line 3: dimension 2 has 1 values, expected 2 as the first")]
    [InlineData("@problemName a\n@data\n1,x\n", "line 3: 'x' in dimension 1 is not a number; write ? for a missing value")]
    [InlineData("@problemName a\n@data\n1,2\n1:2\n", "line 4 has 2 dimensions, expected 1 as in the lines before")]
    [InlineData("@problemName a\n@classLabel true a\n@data\n1,2\n", "line 4 has no class at its end")]
    public void What_is_wrong_with_cases_is_one_line(string text, string message) => Refused("a.ts", text, message);

    [Theory]
    [InlineData(".jsonl")]
    [InlineData(".ndjson")]
    public void Objects_name_their_columns(string extension)
    {
        StringBuilder text = new();
        for (int t = 0; t < Fixture.Rows; t++)
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""{"when": "2024-03-30T{{t / 4:00}}:{{t % 4 * 15:00}}:00Z", "x": {{(t == 7 ? "null" : $"{Fixture.X(t):R}")}}, """)
                .Append(CultureInfo.InvariantCulture, $"\"y\": {Fixture.Y(t):R}")
                .Append(t > 2 ? ", \"late\": true" : "").Append("}\n\n");
        DataReading reading = DataFile.Read(File("a" + extension, text.ToString()));
        Assert.Equal("3 columns of 4 (time 'when' left out), 40 rows, dt 900 s", reading.Summary);
        for (int t = 0; t < Fixture.Rows; t++)
            Assert.Equal([t == 7 ? double.NaN : Fixture.X(t), Fixture.Y(t), t > 2 ? 1 : double.NaN], reading.Trials[0].Row(t).ToArray());
    }

    [Fact]
    public void A_backslash_at_the_end_of_a_word_of_JSON_leaves_what_follows_outside()
    {
        TimeSeries series = SeriesFile.Read(File("a.jsonl", """
            {"a\\": NaN, "NaN": 1}
            {"a\\": 2, "NaN": 3}
            """));

        Assert.Equal(["a\\", "NaN"], series.Names);
        Assert.Equal([double.NaN, 1, 2, 3], series.Values.ToArray());
    }

    [Fact]
    public void Arrays_of_numbers_are_rows()
    {
        TimeSeries series = SeriesFile.Read(File("a.jsonl", "[1, 2.5, null]\r\n[-3e2, 4, 5]"));
        Assert.Equal([1, 2.5, double.NaN, -300, 4, 5], series.Values.ToArray());
        Assert.Null(DataFile.Read(File("a.jsonl", "[1, 2.5]\n[-3e2, 4]")).NamedVariables);
    }

    [Theory]
    [InlineData("{\"x\": 1}\n{\"x\": \"two\"}\n", "line 2, column 'x': 'two' is not a number")]
    [InlineData("[1, [2]]\n", "column 'x2': line 1 holds lists or records in it; write objects with a key for each")]
    [InlineData("{\"a\": {\"b\": 2}, \"a.b\": 1}\n", "line 1: 'a.b' occurs twice")]
    [InlineData("{\"x\": 1}\n{\"x\": 1,}\n", "line 2: no JSON (")]
    [InlineData("{\"x\": 1, \"x\": 2}\n", "line 1: 'x' occurs twice")]
    [InlineData("[1, 2]\n[1]\n", "line 2 has 1 values, expected 2 as in the lines before")]
    [InlineData("[1, 2]\n{\"x\": 1}\n", "line 2: an object, expected an array as in the lines before")]
    [InlineData("{\"x\": 1}\n[1]\n", "line 2: an array, expected an object as in the lines before")]
    [InlineData("3\n", "line 1: '3' is neither an object nor an array of numbers")]
    [InlineData("{}\n", "holds no row of values")]
    public void What_is_wrong_with_lines_is_one_line(string text, string message) => Refused("a.jsonl", text, message);

    [Fact]
    public void Records_and_lists_are_columns_of_their_own()
    {
        TimeSeries series = SeriesFile.Read(File("a.jsonl", """
            {"t": 0, "pos": {"x": 1, "at": {"y": 2}}, "v": [3, 4]}
            {"v": [5], "pos": {"at": {"y": 6}}, "t": 1, "empty": {}}
            {"t": 2, "pos": null, "v": [7, 8, 9]}
            """));
        Assert.Equal(["t", "pos.x", "pos.at.y", "v.1", "v.2", "pos", "v.3"], series.Names);
        Assert.Equal([0, 1, 2, 3, 4, double.NaN, double.NaN], series.Row(0).ToArray());
        Assert.Equal([1, double.NaN, 6, 5, double.NaN, double.NaN, double.NaN], series.Row(1).ToArray());
        Assert.Equal([2, double.NaN, double.NaN, 7, 8, double.NaN, 9], series.Row(2).ToArray());
    }

    [Fact]
    public void Parts_with_long_names_and_parts_without_end_take_no_memory()
    {
        string many = string.Join(',', Enumerable.Repeat("1", 100_000));
        Refused("a.jsonl", $$"""{"{{new string('k', 300)}}":[1,2]}""" + "\n", "line 1: the name of a part of 'k");
        Refused("a.jsonl", $$"""{"v":[{{many}}]}""" + "\n", "line 1: more than 65536 columns");
        Refused("a.jsonl", $"[{many}]\n", "line 1: more than 65536 columns");
        Refused("a.jsonl", $"{string.Concat(Enumerable.Repeat("{\"a\":", 100))}1{new string('}', 100)}\n", "line 1: no JSON (");
    }

    [Fact]
    public void New_keys_in_every_line_take_no_memory()
    {
        StringBuilder text = new();
        for (int i = 0; i < 20_000; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""{"k{{i}}":1}""").Append('\n');
        string path = File("a.jsonl", text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "cannot come from", Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400 << 20);
    }

    [Theory]
    [InlineData("a.ts", "@problemName a\n@classLabel true a b\n@data\n1,2,3:4,5,6:a\n7,8,9:1,2,?:b\n")]
    [InlineData("a.jsonl", "{\"x\": 1.5, \"y\": null, \"z\": \"2024-01-01\"}\n{\"x\": 2.5, \"y\": 3, \"z\": \"2024-01-02\"}\n")]
    [InlineData("a.ndjson", "[1.5, null, 3]\n[2.5, 1e3, -4]\n")]
    public void Damage_is_an_error_of_one_line(string name, string text)
        => Mutations.Check(_folder, name, Encoding.UTF8.GetBytes(text), 1500);

    private void Refused(string name, string text, string message)
    {
        string found = Assert.Throws<InvalidDataException>(() => DataFile.Read(File(name, text))).Message;
        Assert.StartsWith($"{name}: {message}", found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }

    private string File(string name, string text) => _folder.File(name, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Numbers_that_Python_writes_into_JSON_are_read()
    {
        string path = File(
            "python.jsonl", "{\"x\": NaN, \"NaN\": 1.5}\n\n{\"x\": -Infinity, \"NaN\": 2}\n{\"x\": 3, \"NaN\": Infinity}\n");
        DataReading reading = DataFile.Read(path);
        Assert.Equal(["x", "NaN"], reading.Variables);
        Assert.Equal([double.NaN, 1.5, double.NegativeInfinity, 2, 3, double.PositiveInfinity], reading.Trials[0].Values.ToArray());
    }
}
