using System.Buffers.Binary;
using System.IO.Compression;

namespace Attractor.Data;

/// <summary>Unpacks a gzipped file that may be hostile: what is wrong with the packed bytes is said as such.</summary>
/// <remarks>
/// The file is one member (RFC 1952), whose last four bytes are the unpacked length modulo 2^32. The platform takes a file that ends too
/// early for one that ends.
/// </remarks>
internal sealed class Gzip(Stream file) : Stream
{
    // Deflate codes at most 258 bytes in 2 bits (plus a little): no honest file unpacks to more than this many times its size.
    private const long LargestRatio = 1032;

    // A header of 10 bytes, a trailer of 8.
    private const int SmallestFile = 18;

    private readonly uint _announced = ReadLength(file);
    private readonly GZipStream _unpacked = new(file, CompressionMode.Decompress, leaveOpen: true);
    private uint _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether these are the first bytes of gzipped contents.</summary>
    public static bool Announces(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>The most bytes that can come from <paramref name="length"/> gzipped ones.</summary>
    public static long MostUnpacked(long length) => LargestRatio * length;

    /// <exception cref="InvalidDataException">The gzipped bytes are damaged, cut off or not what their checksum says.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = _unpacked.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(Excerpt.Reason(e), e);
        }
        _count += (uint)count;
        return count > 0 || buffer.IsEmpty || _count == _announced
            ? count
            : throw Damaged($"{_count} bytes came out, {_announced} are announced");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static uint ReadLength(Stream file)
    {
        if (file.Length < SmallestFile)
            throw Damaged($"only {file.Length} bytes");
        Span<byte> length = stackalloc byte[4];
        file.Position = file.Length - length.Length;
        file.ReadExactly(length);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private static InvalidDataException Damaged(string how, Exception? cause = null)
        => new($"the gzipped bytes are damaged or cut off ({how}); fetch it again", cause);
}
