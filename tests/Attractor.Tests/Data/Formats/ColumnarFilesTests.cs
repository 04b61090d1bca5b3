using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>Parquet and Arrow: what polars wrote is read, and what is written is read back.</summary>
public sealed class ColumnarFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("uncompressed.parquet")]
    [InlineData("snappy.parquet")]
    [InlineData("gzip.parquet")]
    [InlineData("zstd.parquet")]
    [InlineData("lz4.parquet")]
    [InlineData("uncompressed.arrow")]
    [InlineData("lz4.arrow")]
    [InlineData("zstd.arrow")]
    public void Numbers_times_truths_and_words_are_told_apart(string file)
    {
        DataReading reading = DataFile.Read(Fixture.Path(file));
        Assert.Equal(["x", "y", "n", "on"], reading.Variables);
        Assert.Equal("4 columns of 6 (time 'when', text 'word' left out), 40 rows, dt 900 s", reading.Summary);
        Assert.Equal((900.0, "s"), (reading.Dt!.Value, reading.TimeUnit));
        for (int t = 0; t < Fixture.Rows; t++)
        {
            Assert.Equal(t == 7 ? double.NaN : Fixture.X(t), reading.Trials[0][t, 0]);
            Assert.Equal([Fixture.Y(t), Fixture.N(t), 1 - (t % 2)], reading.Trials[0].Row(t)[1..].ToArray());
        }
        Assert.Equal(1, reading.Columns[1].Missing);
    }

    [Theory]
    [InlineData("types.parquet")]
    [InlineData("types.feather")]
    public void All_types_of_numbers_are_read_in_several_groups_of_rows(string file)
    {
        TimeSeries series = SeriesFile.Read(Fixture.Path(file));
        Assert.Equal(["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64"], series.Names);
        Assert.Equal(Fixture.Rows, series.Length);
        for (int t = 0; t < Fixture.Rows; t++)
            foreach (double value in series.Row(t))
                Assert.Equal(t == 3 ? double.NaN : (t * 11) % 17, value);
    }

    [Theory]
    [InlineData("times.parquet", "us", 900)]
    [InlineData("times.parquet", "ns", 900)]
    [InlineData("times.parquet", "day", 86400)]
    [InlineData("times.arrow", "us", 900)]
    [InlineData("times.arrow", "ns", 900)]
    [InlineData("times.arrow", "day", 86400)]
    public void Times_of_every_unit_give_the_time_step(string file, string column, double dt)
    {
        DataReading reading = DataFile.Read(Fixture.Path(file), new() { Time = column });
        Assert.Equal((dt, 0), (reading.Dt!.Value, reading.Gaps));
        Assert.Equal(["x"], reading.Variables);
    }

    [Fact]
    public void A_statistic_of_another_type_takes_no_memory()
    {
        // The last statistic of a page, its smallest value, becomes one that is true or false.
        byte[] bytes = Fixture.Bytes("times.parquet");
        bytes[783] = 0x38;
        string path = _folder.File("times.parquet", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("the Parquet file is damaged", Assert.Throws<InvalidDataException>(() => DataFile.Read(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("nested.parquet", "holds lists or records; write each part as a column of its own, or name other columns")]
    [InlineData("nested.arrow", "expected numbers, times or text; write it as numbers, or name other columns")]
    public void Nested_columns_are_refused_unless_others_are_named(string file, string message)
    {
        string path = Fixture.Path(file);
        foreach (Func<object> read in (Func<object>[])[() => DataFile.Read(path), () => SeriesFile.Read(path)])
        {
            string found = Assert.Throws<InvalidDataException>(read).Message;
            Assert.StartsWith($"{file}: column 'l': holds", found, StringComparison.Ordinal);
            Assert.EndsWith(message, found, StringComparison.Ordinal);
        }
        Assert.Equal(Fixture.Y(39), DataFile.Read(path, new() { Columns = ["x"] }).Trials[0][39, 0]);
        Assert.Equal(Fixture.Y(39), TableFile.Read(path, [new("x", ColumnKind.Real)]).Values[39, 0]);
    }

    [Theory]
    [InlineData("categories.parquet")]
    [InlineData("categories.arrow")]
    public void Categories_name_trials_and_levels(string file)
    {
        IReadOnlyList<TimeSeries> trials = DataFile.Read(Fixture.Path(file), new() { Trial = "who" }).Trials;
        Assert.Equal([15, 25], trials.Select(trial => trial.Length));
        Assert.Equal(Fixture.Y(15), trials[1][0, 0]);
        Assert.Equal(["ann", "bob"], TableFile.Read(Fixture.Path(file), [new("who", ColumnKind.Category)]).Columns[0].Levels);
    }

    [Fact]
    public void Words_where_numbers_are_asked_for_are_one_line()
    {
        Assert.Equal(
            "snappy.parquet: the column 'word' holds words, expected numbers; name other columns",
            Assert.Throws<InvalidDataException>(() => DataFile.Read(Fixture.Path("snappy.parquet"), new() { Columns = ["word"] })).Message);
        Assert.Equal(
            "lz4.arrow: row 0 (counting from 0), column 'when': '2024-03-30T22:00:00' is not a number; leave a missing value empty, "
            + "or name the columns that are wanted",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(Fixture.Path("lz4.arrow"))).Message);
    }

    [Theory]
    [InlineData(".parquet", false)]
    [InlineData(".parquet", true)]
    [InlineData(".arrow", false)]
    [InlineData(".feather", true)]
    public void What_is_written_is_read_back_to_the_bit(string extension, bool float32)
    {
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => i == 70 ? double.NaN : Math.Sin(i) * Math.Pow(10, i % 30))];
        TimeSeries series = new(values, 3, names: ["a", "b c", "d\u00e9"]);
        string path = System.IO.Path.Combine(_folder.Path, "a" + extension);
        SeriesFile.Write(path, series, float32);
        TimeSeries back = SeriesFile.Read(path);
        Assert.Equal(series.Names, back.Names);
        Assert.Equal(float32 ? [.. values.Select(value => (double)(float)value)] : values, back.Values.ToArray());
        byte[] bytes = File.ReadAllBytes(path);
        SeriesFile.Write(path, series, float32);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("snappy.parquet")]
    [InlineData("zstd.arrow")]
    public void The_first_bytes_decide_whatever_the_extension(string file)
        => Assert.Equal(4, DataFile.Read(_folder.File("data.csv", Fixture.Bytes(file))).Variables.Count);

    [Fact]
    public void A_file_that_is_cut_off_or_encrypted_says_so()
    {
        Assert.Equal(
            "a.parquet: the Parquet file is damaged: it does not end as one does, and may be cut off; fetch or write it again",
            Fails("a.parquet", Fixture.Bytes("snappy.parquet")[..^9]));
        Assert.Equal(
            "a.arrow: the Arrow file is damaged: it does not end as one does, and may be cut off; fetch or write it again",
            Fails("a.arrow", Fixture.Bytes("lz4.arrow")[..^9]));
        byte[] encrypted = Fixture.Bytes("snappy.parquet");
        "PARE"u8.CopyTo(encrypted.AsSpan(encrypted.Length - 4));
        Assert.Equal("a.parquet: the Parquet file is encrypted; write it without a key", Fails("a.parquet", encrypted));
    }

    // The smallest value in the statistics of a page, under the number of a field that is true or false: without its own bytes, what
    // follows it would be taken for a length of a gigabyte.
    [Fact]
    public void A_field_of_a_page_with_a_type_that_it_cannot_have_is_damage()
    {
        byte[] bytes = Fixture.Bytes("times.parquet");
        Assert.Equal(0x18, bytes[783]);
        bytes[783] = 0x38;
        Assert.StartsWith("a.parquet: the Parquet file is damaged: there is no page at byte ", Fails("a.parquet", bytes));
    }

    [Theory]
    [InlineData("uncompressed.parquet", 300)]
    [InlineData("snappy.parquet", 300)]
    [InlineData("zstd.parquet", 150)]
    [InlineData("gzip.parquet", 150)]
    [InlineData("types.parquet", 200)]
    [InlineData("categories.parquet", 200)]
    [InlineData("nested.parquet", 100)]
    [InlineData("uncompressed.arrow", 400)]
    [InlineData("lz4.arrow", 600)]
    [InlineData("zstd.arrow", 150)]
    [InlineData("types.feather", 200)]
    [InlineData("categories.arrow", 200)]
    [InlineData("nested.arrow", 200)]
    public void Damage_is_an_error_of_one_line(string file, int rounds) => Mutations.Check(
        _folder, file, Fixture.Bytes(file), rounds, file.StartsWith("nested", StringComparison.Ordinal) ? new() { Columns = ["x"] } : null);

    private string Fails(string name, byte[] bytes)
        => Assert.Throws<InvalidDataException>(() => DataFile.Read(_folder.File(name, bytes))).Message;
}
