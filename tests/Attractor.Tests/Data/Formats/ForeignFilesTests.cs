using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

/// <summary>.wav, .mat, packed files, and files that are of none of the formats.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 8, new byte[] { 128, 192, 0, 255 }, new[] { 0, 0.5, -1, 127 / 128.0 })]
    [InlineData(1, 16, new byte[] { 0, 0, 0, 64, 0, 128, 255, 127 }, new[] { 0, 0.5, -1, 32767 / 32768.0 })]
    [InlineData(1, 24, new byte[] { 0, 0, 64, 0, 0, 128 }, new[] { 0.5, -1 })]
    [InlineData(3, 32, new byte[] { 0, 0, 128, 63, 0, 0, 0, 192 }, new[] { 1.0, -2 })]
    public void Sound_is_read_with_its_rate(int kind, int bits, byte[] samples, double[] values)
    {
        TimeSeries mono = SeriesFile.Read(File("a.wav", Wav(kind, 1, 8000, bits, samples)));
        Assert.Equal(values, mono.Column(0));
        Assert.Equal(1 / 8000.0, mono.Dt);
        TimeSeries stereo = SeriesFile.Read(File("b.wav", Wav(kind, 2, 8000, bits, samples)), dt: 0.5);
        Assert.Equal((values.Length / 2, 2, 0.5, values[1]), (stereo.Length, stereo.Dimension, stereo.Dt, stereo[0, 1]));
        Assert.Equal("s", DataFile.Read(System.IO.Path.Combine(_folder, "a.wav")).TimeUnit);
    }

    [Theory]
    [InlineData(false, false, 9)]
    [InlineData(true, false, 9)]
    [InlineData(false, true, 9)]
    [InlineData(true, true, 7)]
    [InlineData(false, false, 3)]
    [InlineData(false, true, 2)]
    public void Arrays_of_Matlab_are_read(bool bigEndian, bool packed, int storage)
    {
        byte[] bytes = new MatlabFile(bigEndian, packed)
            .Add("x", [3, 2], [1, 2, 3, 4, 5, 6], storage: storage)
            .Add("what", [1, 4], [119, 104, 97, 116], kind: 4, storage: 2)
            .Add("dt", [1, 1], [2], storage: storage).ToArray();
        DataReading reading = DataFile.Read(File("a.mat", bytes));
        Assert.Equal([1.0, 4, 2, 5, 3, 6], reading.Trials.Single().Values.ToArray());
        Assert.Equal("array 'x' of x (3 x 2), dt (1 x 1)", reading.Notes.Single().ToString());
    }

    [Fact]
    public void A_row_of_Matlab_is_one_variable_and_several_matrices_are_named()
    {
        Assert.Equal((4, 1), Shape(SeriesFile.Read(File("a.mat", new MatlabFile().Add("x", [1, 4], [1, 2, 3, 4]).ToArray()))));
        string two = File("b.mat", new MatlabFile().Add("x", [2, 2], [1, 2, 3, 4]).Add("y", [3, 1], [5, 6, 7]).ToArray());
        Assert.Contains("x (2 x 2), y (3 x 1); name the one that is meant", Fails(two), StringComparison.Ordinal);
        Assert.Equal([5.0, 6, 7], DataFile.Read(two, new() { Array = "y" }).Trials[0].Column(0));
        Assert.Contains("complex numbers", Fails(File("c.mat", new MatlabFile().Add("x", [2, 1], [1, 2], flags: 0x800).ToArray())));
        Assert.Contains(
            "holds no array of numbers; 'trials' holds cells; save each as an array of its own", Fails(Fixture.Path("cells.mat")));
        Assert.Contains("'recording' holds a structure; save its fields as arrays", Fails(Fixture.Path("structure.mat")));
        Assert.Contains("no array", Fails(File("d.mat", new MatlabFile().Add("x", [1, 2], [1, 2], kind: 4).ToArray())));
    }

    [Fact]
    public void A_damaged_file_is_an_error_of_one_line_whatever_the_damage()
    {
        Random random = new(5);
        byte[][] files =
        [
            new MatlabFile().Add("x", [30, 2], [.. Enumerable.Range(0, 60).Select(i => (double)i)]).ToArray(),
            new MatlabFile(packed: true).Add("x", [30, 2], [.. Enumerable.Range(0, 60).Select(i => (double)i)]).ToArray(),
            Wav(1, 2, 8000, 16, new byte[64]),
        ];
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. files[round % 3]];
            int first = round % 3 == 2 ? 0 : 116;
            for (int change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(first, bytes.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            if (random.Next(3) == 0)
                bytes = bytes[..random.Next(1, bytes.Length)];
            try
            {
                _ = SeriesFile.ReadTrials(File(round % 3 == 2 ? "a.wav" : "a.mat", bytes));
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith("a.", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void An_announced_size_takes_no_memory()
    {
        byte[] bytes = new MatlabFile().Add("x", [3, 2], [1, 2, 3, 4, 5, 6]).ToArray();
        int shape = 128 + 8 + 16 + 8;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(shape), 10_000_000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(shape + 4), 20);
        string file = File("a.mat", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("takes 48 bytes", Fails(file), StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void Packed_files_are_read_as_what_is_in_them()
    {
        byte[] table = Encoding.UTF8.GetBytes("x,y\n1,2\n3,4.5\n5,6\n");
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(table);
        string file = File("a.csv.gz", packed.ToArray());
        Assert.Equal([1, 2, 3, 4.5, 5, 6], SeriesFile.Read(file).Values.ToArray());
        Assert.Equal([2, 4.5, 6], TableFile.Read(file, [new("y", ColumnKind.Real)]).Values.Column(0));
        Assert.Equal(["x", "y"], DataFile.Read(file).Variables);
        Assert.Contains("damaged or cut off", Fails(File("b.csv.gz", packed.ToArray()[..^6])), StringComparison.Ordinal);

        string zip = System.IO.Path.Combine(_folder, "c.zip");
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("data.csv").Open())
            entry.Write(table);
        Assert.Equal(["x", "y"], DataFile.Read(zip).Variables);
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        using (Stream entry = archive.CreateEntry("more.csv").Open())
            entry.Write(table);
        Assert.Contains("a zip archive of 2 files", Fails(zip), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(System.IO.Path.GetTempPath(), "attractor-*.tmp"),
            left => System.IO.File.GetCreationTimeUtc(left) > DateTime.UtcNow.AddMinutes(-1) && new FileInfo(left).Length == table.Length);
    }

    [Theory]
    [InlineData("data.feather", "FEA1\0\0", "a Feather file of version 1")]
    [InlineData("data.pkl", "\u0080\u0004\u0095aaaa", "a Python pickle")]
    [InlineData("data.csv", "\u0089PNG\r\n\u001a\n", "a PNG image")]
    [InlineData("data.csv", "%PDF-1.7", "a PDF document")]
    [InlineData("data.nc", "CDF\u0001\0\0\0\0", "a NetCDF file of the classic kind; rewrite it as NetCDF-4")]
    [InlineData("data.db", "SQLite format 3\0", "an SQLite database")]
    public void A_file_of_no_format_is_named_by_its_first_bytes(string name, string start, string what)
    {
        string file = File(name, Encoding.Latin1.GetBytes(start));
        Assert.StartsWith($"{name}: is {what}", Fails(file), StringComparison.Ordinal);
        Assert.True(DataFile.IsData(file));
    }

    [Fact]
    public void The_first_bytes_decide_whatever_the_extension()
    {
        string file = File("data.bin", new MatlabFile().Add("x", [3, 1], [1, 2, 3]).ToArray());
        Assert.True(DataFile.IsData(file));
        Assert.Equal([1.0, 2, 3], SeriesFile.Read(file).Column(0));
        Assert.False(DataFile.IsData(File("model.safetensors", Encoding.ASCII.GetBytes("\u0010\0\0\0\0\0\0\0{\"a\":1}         "))));
        Assert.False(DataFile.IsData(File("other.safetensors", [0x80, 2, 0, 0, 0, 0, 0, 0, .. "{\"a\":1}"u8])));
        Assert.False(DataFile.IsData(System.IO.Path.Combine(_folder, "none.bin")));
    }

    private static (int, int) Shape(TimeSeries series) => (series.Length, series.Dimension);

    private static string Fails(string file) => Assert.Throws<InvalidDataException>(() => DataFile.Read(file)).Message;

    private string File(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Wav(int kind, int channels, int rate, int bits, byte[] samples)
    {
        int frame = channels * bits / 8;
        return
        [
            .. "RIFF"u8, .. BitConverter.GetBytes(36 + samples.Length), .. "WAVEfmt "u8, .. BitConverter.GetBytes(16),
            .. BitConverter.GetBytes((short)kind), .. BitConverter.GetBytes((short)channels), .. BitConverter.GetBytes(rate),
            .. BitConverter.GetBytes(rate * frame), .. BitConverter.GetBytes((short)frame), .. BitConverter.GetBytes((short)bits),
            .. "data"u8, .. BitConverter.GetBytes(samples.Length), .. samples,
        ];
    }
}
