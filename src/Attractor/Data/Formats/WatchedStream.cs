namespace Attractor.Data;

/// <summary>A file that is written, of which each write is announced half done: one that fails there is torn.</summary>
internal sealed class WatchedStream(FileStream stream, string path) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => stream.CanSeek;

    public override bool CanWrite => true;

    public override long Length => stream.Length;

    public override long Position { get => stream.Position; set => stream.Position = value; }

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This file is written, not read.");

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void SetLength(long value) => stream.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int half = buffer.Length / 2;
        stream.Write(buffer[..half]);
        stream.Flush();
        FileSteps.Announce("write", path);
        stream.Write(buffer[half..]);
    }
}
