using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>
/// A file as a library reads it that may not expect a hostile one: pointers that go in circles end at a number of reads, calls that nest
/// without end at the end of the stack, both as an exception.
/// </summary>
internal sealed class GuardedStream(Stream file) : Stream
{
    // Reads that every file may take, and the bytes of it that may be read as often as there is one more.
    private const long FreeReads = 300_000, FreeBytes = 1L << 28;

    private readonly long _length = file.Length;
    private long _reads, _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value >= 0 && value <= _length
            ? value
            : throw new InvalidDataException($"damaged: it points to byte {value} of {_length}");
    }

    public override int Read(Span<byte> buffer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        int count = file.Read(buffer);
        if (++_reads > FreeReads + _length || (_bytes += count) > FreeBytes + (16 * _length))
            throw new InvalidDataException("damaged: its parts point to each other in circles");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Done at once, so that whoever waits for it does not leave the thread.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
