using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

public sealed class SeriesFileTests : IDisposable
{
    private static readonly TimeSeries s_series = new([0.1, 2, 3, 1e300, -5, double.NaN], 2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_way_a_path_can_be_wrong_has_its_own_message()
    {
        Assert.StartsWith(
            "none.npy: no such file in /",
            Assert.Throws<FileNotFoundException>(() => SeriesFile.Read(_folder.File("none.npy"))).Message,
            StringComparison.Ordinal);

        Directory.CreateDirectory(_folder.File("folder.npy"));
        foreach (string path in new[] { _folder.File("folder.npy"), _folder.File("folder.npy") + "/" })
            Assert.StartsWith(
                "folder.npy: is a directory, expected a file",
                Assert.Throws<IOException>(() => SeriesFile.Read(path)).Message,
                StringComparison.Ordinal);

        foreach (string name in new[] { "empty.npy", "empty.npz", "empty.csv" })
            Assert.Equal(
                $"{name}: the file is empty; fetch or write it again",
                Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File(name, []))).Message);

        Assert.Equal(
            $"a.what: has the extension .what, expected {SeriesFormat.Listed()}",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File("a.what", [1]))).Message);
        Assert.Equal(
            $"data: has no extension, expected {SeriesFormat.Listed()}",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(_folder.File("data", [1]))).Message);
        Assert.Throws<ArgumentException>(() => SeriesFile.Read(""));
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".NPZ")]
    [InlineData(".csv")]
    public void Both_precisions_read_back_as_written(string extension)
    {
        string path = _folder.File("s" + extension);
        SeriesFile.Write(path, s_series);
        Assert.Equal(s_series.Values.ToArray(), SeriesFile.Read(path).Values.ToArray());

        SeriesFile.Write(path, s_series, float32: true);
        TimeSeries rounded = SeriesFile.Read(path);
        for (int i = 0; i < s_series.Values.Length; i++)
            Assert.Equal((float)s_series.Values[i], (float)rounded.Values[i]);
        Assert.Equal(double.PositiveInfinity, rounded[1, 1]);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        string path = _folder.File("kept.npy", [1, 2, 3]);
        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1000]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_folder.File("folder.npy"));
        Assert.StartsWith(
            "folder.npy: is a directory",
            Assert.Throws<IOException>(() => SeriesFile.Write(_folder.File("folder.npy"), s_series)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "s.npy: ",
            Assert.Throws<IOException>(() => SeriesFile.Write(Path.Combine(_folder.Path, "absent", "s.npy"), s_series)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "s.foo: has the extension .foo",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Write(_folder.File("s.foo"), s_series)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "s.csv: cannot hold 2 trials; write them to a .npz file",
            Assert.Throws<InvalidDataException>(() => SeriesFile.WriteTrials(_folder.File("s.csv"), [s_series, s_series])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SeriesFile.WriteTrials(_folder.File("s.npz"), []));
    }

    [Fact]
    public void The_published_Lorenz_data_are_read()
    {
        string? data = Published("lorenz63/train.npy");
        if (data is null)
            Assert.Skip("shared/data is not beside the repository");
        TimeSeries series = SeriesFile.Read(data, dt: 0.01);
        Assert.Equal((100_000, 3), (series.Length, series.Dimension));
        // As NumPy gives them: a column-major file of float32.
        Assert.Equal([0.025840602815151215, 0.07674573361873627, -2.826166868209839], series.Row(0).ToArray());
        Assert.Equal([0.3039192259311676, 0.13571390509605408, -0.2747831344604492], series.Row(54_321).ToArray());
        Assert.Equal([0.49209898710250854, 0.6509526371955872, -1.0327341556549072], series.Row(99_999).ToArray());
        Assert.Null(series.FindNonFinite());
    }

    private static string? Published(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return path;
        }
        return null;
    }
}
