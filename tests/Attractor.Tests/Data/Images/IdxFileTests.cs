using System.IO.Compression;
using Attractor.Data;
using Attractor.Tests.Data.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Data.Images;

public sealed class IdxFileTests : IDisposable
{
    private const long LargestAllocation = 16 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("images", false)]
    [InlineData("images.gz", true)]
    public void What_is_written_is_read_and_the_name_says_whether_it_is_packed(string name, bool packed)
    {
        IdxArray array = new([.. Enumerable.Range(0, 24).Select(i => (byte)(10 * i))], [2, 3, 4]);
        IdxFile.Write(_folder.File(name), array);
        byte[] bytes = File.ReadAllBytes(_folder.File(name));
        Assert.Equal(packed, bytes is [0x1F, 0x8B, ..]);
        IdxArray read = IdxFile.Read(_folder.File("named-differently", bytes));
        Assert.Equal(array.Values, read.Values);
        Assert.Equal(array.Shape, read.Shape);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        IdxFile.Write(_folder.File("labels"), new([7, 2, 1], [3]));
        Assert.Equal("00000801" + "00000003" + "070201", Convert.ToHexString(File.ReadAllBytes(_folder.File("labels"))));
        IdxFile.Write(_folder.File("image"), new([1, 2], [1, 1, 2]));
        Assert.Equal(
            "00000803" + "00000001" + "00000001" + "00000002" + "0102", Convert.ToHexString(File.ReadAllBytes(_folder.File("image"))));
    }

    [Fact]
    public void A_shape_that_is_not_of_the_values_is_not_written()
        => Assert.Throws<ArgumentException>(() => IdxFile.Write(_folder.File("x"), new([1, 2, 3], [2, 2])));

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("000008", "truncated: 3 bytes are too few for the header")]
    [InlineData(
        "50415241",
        "not an idx file: expected it to begin with the bytes 00 00 08 and the rank (01 for labels, 03 for images), found 50 41 52 41")]
    [InlineData("00000D010000000100000000", "holds elements of type 0D (float32), expected unsigned bytes (08); save real numbers as .npy")]
    [InlineData("00000803000000010000", "truncated: the header announces 3 dimensions and ends within size 2")]
    [InlineData("0000080100000003" + "0102", "truncated: the header announces (3,) bytes, 3 in all, found 2; fetch it again")]
    [InlineData("0000080100000003" + "01020304", "too long: bytes follow the 3 that the header announces, (3,) bytes")]
    [InlineData("0000080100000000", "an array of shape (0,) holds no values")]
    [InlineData("00000802FFFFFFFFFFFFFFFF", "size 1 in the header is 4294967295, more than the 1073741824 values")]
    [InlineData(
        "00000803400000004000000040000000",
        "the header announces (1073741824, 1073741824, 1073741824) bytes, more than the 1073741824 that can be read")]
    [InlineData("000008034000000040000000" + "00000000", "an array of shape (1073741824, 1073741824, 0) holds no values")]
    public void A_file_that_is_not_sound_is_refused_in_one_line(string hexadecimal, string message)
    {
        byte[] plain = Convert.FromHexString(hexadecimal);
        Assert.StartsWith("x: " + message, Refusal(plain), StringComparison.Ordinal);
        if (plain.Length > 0)
            Assert.StartsWith("x: ", Refusal(Pack(plain)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_is_unpacked_no_further_than_its_header_announces()
    {
        // 64 MB of zeros in 64 kB, behind a header of 3 bytes; and a header of 1 GiB before a file that cannot hold it.
        byte[] bomb = Pack([.. Convert.FromHexString("0000080100000003"), .. new byte[64 << 20]]);
        Assert.Contains("too long: bytes follow the 3", Refusal(bomb), StringComparison.Ordinal);
        byte[] boast = Pack([.. Convert.FromHexString("0000080140000000"), .. new byte[1000]]);
        Assert.Contains("truncated: the header announces (1073741824,) bytes", Refusal(boast), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_cut_off_anywhere_is_refused()
    {
        byte[] valid = Pack(Valid());
        for (int length = 0; length < valid.Length; length++)
            Refusal(valid[..length]);
        Assert.Equal(60, IdxFile.Read(_folder.File("x", valid)).Values.Length);
        byte[] damaged = [.. valid];
        damaged[^5] ^= 1;
        Assert.Contains("the gzipped bytes are damaged or cut off", Refusal(damaged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_changed_cut_off_or_inserted_give_an_array_or_one_line(bool packed)
    {
        byte[] valid = packed ? Pack(Valid()) : Valid();
        Gen<byte[]> mutated =
            from edits in Gen.Zip(Gen.Choose(0, valid.Length - 1), Gen.Choose(0, 255)).ArrayOf()
            from cut in Gen.Choose(0, 2 * valid.Length)
            select edits.Take(6).Aggregate(valid.ToArray(), Edit).Take(cut).ToArray();
        Prop.ForAll(Arb.ToArbitrary(mutated), bytes => { TryRead(bytes); }).Check(
            Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200));
    }

    private static byte[] Edit(byte[] bytes, (int Position, int Value) edit)
    {
        bytes[edit.Position] = (byte)edit.Value;
        return bytes;
    }

    private static byte[] Valid() =>
    [
        .. Convert.FromHexString("00000803" + "00000003" + "00000004" + "00000005"),
        .. Enumerable.Range(0, 60).Select(i => (byte)(i * i))
    ];

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private string Refusal(byte[] bytes) => TryRead(bytes) ?? throw new InvalidOperationException("the file was read");

    // The message of the refusal, if it was one; any outcome but success and the declared exception escapes.
    private string? TryRead(byte[] bytes)
    {
        string path = _folder.File("x", bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotEmpty(IdxFile.Read(path).Values);
            return null;
        }
        catch (InvalidDataException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            Assert.True(e.Message.Length < 400, e.Message);
            return e.Message;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, LargestAllocation);
        }
    }
}
