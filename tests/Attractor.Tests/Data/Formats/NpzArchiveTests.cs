using System.IO.Compression;
using System.Text;
using Attractor.Data;

namespace Attractor.Tests.Data.Formats;

public sealed class NpzArchiveTests : IDisposable
{
    private static readonly TimeSeries[] s_trials = [new([1, 2, 3, 4], 2), new([5, 6], 2), new([7, 8, double.NaN, 10], 2)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trials_of_unequal_length_go_and_come_back_in_order()
    {
        string path = _folder.File("trials.npz");
        SeriesFile.WriteTrials(path, s_trials);
        IReadOnlyList<TimeSeries> back = SeriesFile.ReadTrials(path, dt: 0.1);
        Assert.Equal(s_trials.Select(trial => trial.Values.ToArray()), back.Select(trial => trial.Values.ToArray()));
        Assert.All(back, trial => Assert.Equal((2, 0.1), (trial.Dimension, trial.Dt)));
    }

    [Fact]
    public void The_same_trials_give_the_same_bytes()
    {
        string first = _folder.File("a.npz"), second = _folder.File("b.npz");
        SeriesFile.WriteTrials(first, s_trials);
        SeriesFile.WriteTrials(second, s_trials);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void One_series_is_not_read_from_several_arrays()
    {
        string path = _folder.File("trials.npz");
        SeriesFile.WriteTrials(path, s_trials);
        Assert.StartsWith(
            "trials.npz: holds 3 arrays, expected one series",
            Assert.Throws<InvalidDataException>(() => SeriesFile.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_is_recognised_under_the_name_of_an_array()
    {
        string path = _folder.File("one.npz");
        SeriesFile.WriteTrials(path, s_trials[..1]);
        File.Move(path, _folder.File("one.npy"));
        Assert.Equal([1, 2, 3, 4], SeriesFile.Read(_folder.File("one.npy")).Values.ToArray());
    }

    [Fact]
    public void An_array_that_is_no_series_is_named()
    {
        byte[] scalar = NumpyFilesTests.Npy("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", new byte[8]);
        Refused(Archive(("x.npy", scalar)), "array 'x': an array of shape (), expected (T, N)");
        byte[] pair = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)}", [1, 2]);
        byte[] triple = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3)}", [1, 2, 3]);
        Refused(Archive(("a.npy", pair), ("b.npy", triple)), "array 'b': 3 variables, expected 2 as in the first array");
        Refused(Archive(("notes.txt", pair)), "a zip archive without arrays, expected at least one .npy");
        Refused("PK\u0003\u0004 and nothing more"u8.ToArray(), "the zip archive is damaged: ");
        Refused("not a zip"u8.ToArray(), "the zip archive is damaged: ");
    }

    [Fact]
    public void A_changed_byte_is_found_by_the_checksum()
    {
        string path = _folder.File("sum.npz");
        SeriesFile.Write(path, new TimeSeries([1, 2, 3, 4], 2));
        byte[] file = File.ReadAllBytes(path);
        int data = file.AsSpan().IndexOf((byte)'\n') + 1;
        file[data + 3] ^= 0x40;
        Refused(file, "array 'arr_0': ");
    }

    [Fact]
    public void A_size_that_no_packed_entry_can_have_is_refused_before_anything_is_allocated()
    {
        byte[] header = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (200000000, 1)}", []);
        byte[] file = Archive(("bomb.npy", header));
        // The sizes of the entry in the central directory: unpacked at offset 24.
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), 200_000_000 + header.Length);
        long before = GC.GetTotalAllocatedBytes();
        Refused(file, "array 'bomb': damaged: ");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [Fact]
    public void An_entry_that_unpacks_to_more_than_it_declares_is_refused()
    {
        byte[] array = NumpyFilesTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4,)}", new byte[100_000]);
        byte[] file = Archive(("more.npy", array));
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), array.Length - 100_000 + 4);
        Refused(file, "array 'more': ");
    }

    private void Refused(byte[] file, string message)
    {
        string path = _folder.File("bad.npz", file);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SeriesFile.ReadTrials(path));
        Assert.StartsWith("bad.npz: " + message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    internal static byte[] Archive(params (string Name, byte[] Contents)[] entries)
    {
        MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach ((string name, byte[] contents) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(contents);
            }
        }
        return file.ToArray();
    }
}
