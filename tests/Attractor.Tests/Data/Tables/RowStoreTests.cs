using System.Globalization;
using System.Text;
using Attractor.Data;
using Attractor.Tests.Data.Formats;
using static Attractor.Data.ColumnKind;

namespace Attractor.Tests.Data.Tables;

public sealed class RowStoreTests : IDisposable
{
    private static readonly ColumnRequest[] s_columns = [new("x", Real), new("colour", Category), new("n", Count)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_stored_is_what_is_read_into_memory()
    {
        string path = Many(50_000);
        Table table = TableFile.Read(path, s_columns);
        using RowStore store = RowStore.Create(path, s_columns);
        Assert.Equal(table.Values.Length, store.Count);
        Assert.Equal(table.Missing, store.Profiles.Select(p => p.Missing));
        Assert.Equal(table.Columns[1].Levels, store.Columns[1].Levels);
        double[] rows = new double[table.Values.Values.Length];
        store.Read(0, rows);
        Assert.Equal(table.Values.Values.ToArray(), rows);
        double[] two = new double[6];
        store.Read(43_210, two);
        Assert.Equal(table.Values.Slice(43_210, 2).Values.ToArray(), two);
        store.Read(store.Count, []);
    }

    [Fact]
    public void The_summary_is_that_of_the_values_present()
    {
        string path = Many(50_000);
        TimeSeries values = TableFile.Read(path, s_columns).Values;
        using RowStore store = RowStore.Create(path, s_columns);
        for (int n = 0; n < 3; n++)
        {
            double[] present = [.. values.Column(n).Where(x => !double.IsNaN(x))];
            double mean = present.Average();
            Assert.Equal(mean, store.Profiles[n].Mean, 1e-12 * Math.Abs(mean));
            double variance = present.Average(x => (x - mean) * (x - mean));
            Assert.Equal(variance, store.Profiles[n].Variance, 1e-11 * variance);
            Assert.Equal((present.Min(), present.Max()), (store.Profiles[n].Minimum, store.Profiles[n].Maximum));
        }
    }

    [Fact]
    public void A_large_mean_does_not_drown_the_variance()
    {
        // 1e9 + (0, 1, 2, 0, 1, 2, ...): variance 2/3 over whole periods.
        string path = _folder.File(
            "a.csv",
            Encoding.UTF8.GetBytes("x,y\n" + string.Concat(Enumerable.Range(0, 99_999).Select(i => $"{1_000_000_000 + (i % 3)},\n"))));
        using RowStore store = RowStore.Create(path, [new("x", Real), new("y", Real)]);
        Assert.Equal(2 / 3.0, store.Profiles[0].Variance, 1e-9);
        Assert.Equal(1_000_000_001, store.Profiles[0].Mean, 1e-6);
        Assert.All(
            [store.Profiles[1].Mean, store.Profiles[1].Variance, store.Profiles[1].Minimum, store.Profiles[1].Maximum],
            statistic => Assert.True(double.IsNaN(statistic)));
        Assert.Equal(99_999, store.Profiles[1].Missing);
    }

    [Fact]
    public void Many_threads_read_at_once()
    {
        string path = Many(20_000);
        double[] expected = TableFile.Read(path, s_columns).Values.Values.ToArray();
        using RowStore store = RowStore.Create(path, s_columns);
        Parallel.For(0, 200, i =>
        {
            double[] rows = new double[3 * 100];
            store.Read(100 * i, rows);
            Assert.Equal(expected.AsSpan(300 * i, 300).ToArray(), rows);
        });
    }

    [Fact]
    public void Rows_outside_the_store_are_refused()
    {
        RowStore store = RowStore.Create(Many(10), s_columns);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Read(-1, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Read(9, new double[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Read(long.MaxValue, new double[3]));
        Assert.Throws<ArgumentException>(() => store.Read(0, new double[4]));
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Read(0, new double[3]));
    }

    [Fact]
    public void Progress_ends_with_all_rows_and_bytes()
    {
        string path = Many(1000);
        Reports reports = new();
        using RowStore store = RowStore.Create(path, s_columns, reports);
        TableProgress last = reports.All[^1];
        long size = new FileInfo(path).Length;
        Assert.Equal((1000, size, size), (last.Rows, last.Bytes, last.TotalBytes));
        Assert.True(last.RowsPerSecond > 0);
    }

    [Fact]
    public void A_cancelled_creation_ends_as_cancelled()
        => Assert.ThrowsAny<OperationCanceledException>(() => RowStore.Create(Many(10), s_columns, cancellationToken: new(canceled: true)));

    [Fact]
    public void A_scratch_file_has_no_name_while_it_is_used_and_none_after()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it has a name until it is closed.");
        using ScratchFile scratch = ScratchFile.Create(_folder.Path);
        scratch.Append([1, 2, 3]);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        byte[] bytes = new byte[2];
        scratch.Read(1, bytes);
        Assert.Equal([2, 3], bytes);
        Assert.Throws<EndOfStreamException>(() => scratch.Read(2, bytes));
    }

    [Fact]
    public void A_folder_that_takes_no_scratch_file_is_named()
    {
        string folder = _folder.File("none");
        IOException e = Assert.ThrowsAny<IOException>(() => ScratchFile.Create(folder));
        Assert.StartsWith($"its rows cannot be kept in {folder}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private string Many(int rows)
    {
        string[] colours = ["red", "green", "blue", ""];
        StringBuilder text = new("n,date,x,colour\n");
        for (int i = 0; i < rows; i++)
            text.Append(
                CultureInfo.InvariantCulture, $"{(i % 7 == 3 ? "NA" : i * 7 % 1000)},2020-01-01,{100 + Math.Sin(i)},{colours[i % 4]}\n");
        return _folder.File("a.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private sealed class Reports : IProgress<TableProgress>
    {
        public List<TableProgress> All { get; } = [];

        public void Report(TableProgress value) => All.Add(value);
    }
}
