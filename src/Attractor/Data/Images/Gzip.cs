using System.IO.Compression;
using Attractor.Data.Formats;

namespace Attractor.Data.Images;

/// <summary>Unpacks gzipped contents that may be hostile: what is wrong with the packed bytes is said as such.</summary>
internal sealed class Gzip(Stream file) : Stream
{
    // Deflate codes at most 258 bytes in 2 bits (plus a little): no honest file unpacks to more than this many times its size.
    private const long LargestRatio = 1032;

    private readonly GZipStream _unpacked = new(file, CompressionMode.Decompress, leaveOpen: true);

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
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"the gzipped bytes are damaged or cut off ({Excerpt.FirstLine(e.Message).TrimEnd('.')}); fetch it again", e);
        }
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
}
