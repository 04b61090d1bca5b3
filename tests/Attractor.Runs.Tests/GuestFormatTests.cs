using System.Text;
using Attractor.Data;
using Attractor.Guests;

namespace Attractor.Runs.Tests;

/// <summary>Formats of data that this project knows nothing of: registered, they are read, written and refused like the others.</summary>
public sealed class GuestFormatTests : IDisposable
{
    private static readonly TimeSeries s_series = new([0.1, 2, 3, 1e300, -5, double.NaN], 2, dt: 0.25);

    private readonly TemporaryFolder _folder = new();

    static GuestFormatTests()
    {
        SeriesFormat.Register(new LinesFormat());
        SeriesFormat.Register(new PairsFormat());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_with_the_time_step_of_the_file()
    {
        SeriesFile.Write(_folder.File("a.LINES"), s_series);
        TimeSeries read = SeriesFile.Read(_folder.File("a.LINES"));

        Assert.Equal(s_series.Values.ToArray(), read.Values.ToArray());
        Assert.Equal((2, 0.25), (read.Dimension, read.Dt));
        Assert.Equal(3, SeriesFile.Read(_folder.File("a.LINES"), dt: 3).Dt);

        SeriesFile.Write(_folder.File("b.lines"), s_series.Slice(0, 1), float32: true);
        Assert.Equal([(double)0.1f, 2], SeriesFile.Read(_folder.File("b.lines")).Values.ToArray().Select(x => (double)(float)x));
    }

    [Fact]
    public void The_first_bytes_decide_before_the_extension()
    {
        SeriesFile.Write(_folder.File("a.lines"), s_series);
        File.Copy(_folder.File("a.lines"), _folder.File("a.csv"));
        Assert.Equal(s_series.Values.ToArray(), SeriesFile.Read(_folder.File("a.csv")).Values.ToArray());

        SeriesFile.Write(_folder.File("b.npy"), s_series);
        File.Copy(_folder.File("b.npy"), _folder.File("b.lines"));
        Assert.Equal(s_series.Values.ToArray(), SeriesFile.Read(_folder.File("b.lines")).Values.ToArray());
    }

    [Fact]
    public void A_series_is_a_table_too()
    {
        SeriesFile.Write(_folder.File("a.lines"), s_series);
        Assert.Equal(["x1", "x2"], TableFile.Names(_folder.File("a.lines")));
        Table table = TableFile.Read(_folder.File("a.lines"), [new("x2", ColumnKind.Real)]);
        Assert.Equal([2, 1e300, double.NaN], table.Values.Values.ToArray());
        Assert.Equal([1L], table.Missing);

        using RowStore store = RowStore.Create(_folder.File("a.lines"), [new("x1", ColumnKind.Real)]);
        Assert.Equal(3, store.Count);
        Assert.Equal((0.1 + 3 - 5) / 3, store.Profiles[0].Mean, 1e-12);
        Assert.Equal(
            "a.lines: row 1 (counting from 0), column 'x2': '1E+300' is not a count, a whole number from 0 to 2^53; "
            + "correct it, or ask for real numbers",
            Assert.Throws<InvalidDataException>(
                () => TableFile.Read(_folder.File("a.lines"), [new("x2", ColumnKind.Count)])).Message);
    }

    [Fact]
    public void A_table_has_names_and_types_and_is_a_series_where_all_are_numbers()
    {
        Text("t.pairs", "x=1 kind=low n=3\nx=2.5 kind=high n=4\nx=NaN kind=low n=5\n");
        Table table = TableFile.Read(
            _folder.File("t.pairs"), [new("n", ColumnKind.Count), new("kind", ColumnKind.Category), new("x", ColumnKind.Real)]);
        Assert.Equal([3, 0, 1, 4, 1, 2.5, 5, 0, double.NaN], table.Values.Values.ToArray());
        Assert.Equal(["low", "high"], table.Columns[1].Levels!);
        Assert.Equal(
            "t.pairs: row 0 (counting from 0), column 'kind': 'low' is not a number; leave a missing value empty, "
            + "or name the columns that are wanted",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File("t.pairs"))).Message);
        Assert.Equal(
            "t.pairs: no column 'kinds' (did you mean 'kind'?); its columns are x, kind, n",
            Assert.Throws<InvalidDataException>(
                () => TableFile.Read(_folder.File("t.pairs"), [new("kinds", ColumnKind.Category)])).Message);

        Text("s.kv", "x=1 y=2\nx=3 y=4\n");
        TimeSeries series = SeriesFile.Read(_folder.File("s.kv"));
        Assert.Equal([1, 2, 3, 4], series.Values.ToArray());
        Assert.Equal(["x", "y"], series.Names);
        Assert.Equal(0.5, series.Dt);
    }

    [Fact]
    public void What_is_wrong_is_one_line_after_the_name_of_the_file()
    {
        Text("a.lines", "%lines 0\n1\n");
        Assert.Equal(
            "a.lines: line 1 is no header, expected %lines and the time step",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File("a.lines"))).Message);
        Text("b.pairs", "x=1 y=2\nx=3\n");
        Assert.Equal(
            "b.pairs: row 1 (counting from 0) has 1 pairs, expected 2",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File("b.pairs"))).Message);
        Assert.Equal(
            "c.xyz: has the extension .xyz, expected .npy, .npz, .csv, .tsv, .txt, .dat, .jsonl, .ndjson, .parquet, .arrow, .feather, "
            + ".xlsx, .xls, .h5, .hdf5, .mat, .wav, .edf, .bdf, .ts, .lines, .pairs or .kv",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(Text("c.xyz", "1"))).Message);
        Assert.Equal(
            "c.xyz: has the extension .xyz, expected .csv, .tsv, .txt, .dat, .jsonl, .ndjson, .parquet, .arrow, .feather, .xlsx, .xls, "
            + ".pairs, .kv, .npy, .wav or .lines",
            Assert.Throws<InvalidDataException>(() => TableFile.Names(_folder.File("c.xyz"))).Message);
    }

    [Fact]
    public void What_is_not_written_says_what_is()
    {
        Assert.Equal(
            "a.kv: .kv files can be read but not written; write .npy, .npz, .csv, .tsv, .txt, .dat, .parquet, .arrow, .feather "
            + "or .lines",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Write(_folder.File("a.kv"), s_series)).Message);
        Assert.False(File.Exists(_folder.File("a.kv")));
        Assert.Equal(
            "a.xyz: has the extension .xyz, expected .npy, .npz, .csv, .tsv, .txt, .dat, .parquet, .arrow, .feather "
            + "or .lines",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Write(_folder.File("a.xyz"), s_series)).Message);
        Assert.Equal(
            "a.lines: cannot hold 2 trials; write them to a .npz file",
            Assert.Throws<InvalidDataException>(() => SeriesFile.WriteTrials(_folder.File("a.lines"), [s_series, s_series])).Message);
    }

    [Fact]
    public void A_name_and_an_extension_are_given_once()
    {
        int count = SeriesFormat.All.Count;
        SeriesFormat.Register(new LinesFormat());
        Assert.Equal(count, SeriesFormat.All.Count);
        Assert.StartsWith(
            "There is a format 'npy' already; give the new one another name.",
            Assert.Throws<ArgumentException>(() => SeriesFormat.Register(new Claim("npy", ".mine"))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The extension .csv is that of the format 'csv'; give the format 'mine' another.",
            Assert.Throws<ArgumentException>(() => SeriesFormat.Register(new Claim("mine", ".mine", ".csv"))).Message,
            StringComparison.Ordinal);
        foreach (string extension in new[] { "mine", ".", ".Mine", "a.mine", ".tar.gz" })
            Assert.StartsWith(
                $"The format 'mine' has the extension '{extension}', expected a point and lower-case letters",
                Assert.Throws<ArgumentException>(() => SeriesFormat.Register(new Claim("mine", extension))).Message,
                StringComparison.Ordinal);
        Assert.StartsWith(
            "The format 'mine' has no extension",
            Assert.Throws<ArgumentException>(() => SeriesFormat.Register(new Claim("mine"))).Message,
            StringComparison.Ordinal);
        Assert.Equal(count, SeriesFormat.All.Count);
    }

    [Fact]
    public void A_run_is_trained_on_it_and_writes_it()
    {
        SeriesFile.Write(_folder.File("data.lines"), SeriesFile.Read(_folder.WriteSeries()));
        using (Run run = Run.Start(
            _folder.File("RUN"), "shplrnn", _folder.File("data.lines"), new RecurrentSettings { Updates = 20, Sequence = 20, Hidden = 5 }))
            run.Train();
        Run.Open(_folder.File("RUN")).Generate(_folder.File("orbit.lines"), new OrbitOptions { Steps = 50 });

        TimeSeries orbit = SeriesFile.Read(_folder.File("orbit.lines"));
        Assert.Equal((50, 2), (orbit.Length, orbit.Dimension));
        Assert.Contains(".lines", ModelKinds.Find("shplrnn").DataDescription, StringComparison.Ordinal);
    }

    private string Text(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text, new UTF8Encoding(false));
        return _folder.File(name);
    }

    private sealed class Claim(string name, params string[] extensions) : SeriesFormat
    {
        public override string Name => name;

        public override IReadOnlyList<string> Extensions => extensions;

        public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt) => throw new InvalidDataException("claims only");
    }
}
