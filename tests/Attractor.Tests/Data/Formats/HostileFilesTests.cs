using System.Diagnostics;
using System.Text;
using Attractor.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Data.Formats;

/// <summary>Whatever a file holds, reading it gives a series or one of three exceptions, within bounded time and memory.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private const long LargestAllocation = 64 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Found by damaging files: each took 128 MB or some seconds before it was refused.</summary>
    [Theory]
    [InlineData("layout_too_long.feather", "a table of 65535 bytes")]
    [InlineData("hardly_written.h5", "cannot hold its 130572 parts")]
    public void What_a_fuzzer_found(string name, string words)
    {
        string path = Fixture.Path(name);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => DataFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.StartsWith(name + ": ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".npz")]
    [InlineData(".csv")]
    [InlineData(".tsv")]
    public void Random_bytes(string extension)
        => Check(Arb.ToArbitrary(ArbMap.Default.GeneratorFor<byte[]>()), extension, 300);

    [Theory]
    [InlineData(".npy")]
    [InlineData(".npz")]
    public void Random_bytes_after_the_right_beginning(string extension)
    {
        byte[] start = extension == ".npy" ? [.. NpyHeader.Magic, 1, 0] : [.. "PK\u0003\u0004"u8];
        Check(Arb.ToArbitrary(ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => start.Concat(bytes).ToArray())), extension, 300);
    }

    [Fact]
    public void Random_headers()
    {
        string[] words =
        [
            "{", "}", "(", ")", "[", "]", ",", ":", "'", "\"", "\\", "'descr'", "'<f8'", "'>u2'", "'shape'", "'fortran_order'", "True",
            "False", "None", "0", "-1", "3", "99999999", "4294967296", " ", "L"
        ];
        Gen<byte[]> files = Gen.Elements(words).ArrayOf().Select(parts => NumpyFilesTests.Npy(string.Concat(parts), new byte[24]));
        Check(Arb.ToArbitrary(files), ".npy", 500);
    }

    [Fact]
    public void Random_text()
    {
        string[] words =
        [
            "1", "-2.5e3", "NaN", "", "x", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "1e999", "\0", "\uFEFF", "\u2028", "é"
        ];
        Gen<byte[]> files = Gen.Elements(words).ArrayOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));
        Check(Arb.ToArbitrary(files), ".csv", 500);
    }

    [Theory]
    [InlineData(".npy", false)]
    [InlineData(".npy", true)]
    [InlineData(".npz", false)]
    [InlineData(".npz", true)]
    [InlineData(".csv", false)]
    public void Valid_files_with_bytes_changed_cut_off_or_inserted(string extension, bool packed)
    {
        byte[] valid = Valid(extension, packed);
        Gen<byte[]> mutated =
            from edits in Gen.Zip(Gen.Choose(0, valid.Length - 1), Gen.Choose(0, 255)).ArrayOf()
            from cut in Gen.Choose(0, 2 * valid.Length)
            from inserted in Gen.Choose(-20, 5)
            select Mutate(valid, edits, cut, inserted);
        Check(Arb.ToArbitrary(mutated), extension, 400);
    }

    [Theory]
    [InlineData(".npy", false)]
    [InlineData(".npz", false)]
    [InlineData(".npz", true)]
    public void Valid_binary_files_cut_off_anywhere_are_refused(string extension, bool packed)
    {
        byte[] valid = Valid(extension, packed);
        for (int length = 0; length < valid.Length; length++)
            Assert.False(Survives(valid[..length], extension), $"read as a series when cut to {length} of {valid.Length} bytes");
        Assert.True(Survives(valid, extension));
    }

    public static TheoryData<string> Extensions => [.. SeriesFormat.All.SelectMany(f => f.Extensions)];

    /// <summary>6 GB of zeros, which take no room on a disk that keeps none: they end no line and hold no magic bytes.</summary>
    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_large_file_of_nothing_is_refused_before_it_is_read(string extension)
    {
        string path = _folder.File("sparse" + extension);
        using (FileStream file = File.Create(path))
            file.SetLength(6L << 30);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        string message = Assert.Throws<InvalidDataException>(() => SeriesFile.ReadTrials(path)).Message;
        Assert.StartsWith("sparse" + extension + ": ", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 2 * LargestAllocation);
        Assert.True(Environment.CpuUsage.TotalTime - before < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("@problemName a\n@data\n1,2:3,4\r\n5,6:7,8\n")]
    [InlineData("@problemName a\r@data\r1,2:3,4\r5,6:7,8")]
    [InlineData("@problemName a\r\n\r\n@data\r\n\r\n1,2:3,4\r\n5,6:7,8")]
    public void Lines_end_in_any_way(string text)
    {
        IReadOnlyList<TimeSeries> trials = SeriesFile.ReadTrials(_folder.File("a.ts", Encoding.UTF8.GetBytes(text)));
        Assert.Equal([[1.0, 3, 2, 4], [5.0, 7, 6, 8]], trials.Select(t => t.Values.ToArray()));
    }

    private void Check(Arbitrary<byte[]> files, string extension, int tests)
        => Prop.ForAll(files, bytes => { Survives(bytes, extension); }).Check(
            Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(200));

    // Whether the bytes were read as a series; any outcome but success and the declared exceptions escapes.
    private bool Survives(byte[] bytes, string extension)
    {
        string path = _folder.File("hostile" + extension, bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            foreach (TimeSeries trial in SeriesFile.ReadTrials(path))
                Assert.True(trial.Length > 0);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or IOException)
        {
            Assert.StartsWith("hostile" + extension + ": ", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            Assert.True(e.Message.Length < 400, e.Message);
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, LargestAllocation);
            // Generous: a hang, not a slow machine, is what this is for.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        }
    }

    private byte[] Valid(string extension, bool packed)
    {
        TimeSeries series = new([.. Enumerable.Range(0, 60).Select(i => Math.Sin(i))], 3);
        if (extension == ".npz" && packed)
        {
            byte[] array = NumpyFilesTests.Npy(
                "{'descr': '<f4', 'fortran_order': True, 'shape': (30, 2)}", [.. Enumerable.Range(0, 240).Select(i => (byte)(i % 7))]);
            return NpzArchiveTests.Archive(("a.npy", array), ("b.npy", array));
        }
        string path = _folder.File("valid" + extension);
        SeriesFile.Write(path, series, float32: packed);
        return File.ReadAllBytes(path);
    }

    private static byte[] Mutate(byte[] valid, (int Position, int Value)[] edits, int cut, int inserted)
    {
        List<byte> bytes = [.. valid];
        foreach ((int position, int value) in edits.Take(6))
            bytes[position] = (byte)value;
        if (inserted > 0)
            bytes.InsertRange(edits.Length == 0 ? 0 : edits[0].Position, Enumerable.Repeat((byte)'9', inserted));
        return [.. bytes.Take(cut)];
    }
}
