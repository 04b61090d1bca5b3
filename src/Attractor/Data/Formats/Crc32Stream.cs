namespace Attractor.Data;

/// <summary>Reads another stream and keeps the CRC-32 of what was read: zip archives carry one for each entry.</summary>
/// <remarks>The polynomial is that of ISO 3309, reflected; a table of 256 entries takes a byte at a time.</remarks>
internal sealed class Crc32Stream(Stream inner) : Stream
{
    private static readonly uint[] s_table = Table();

    private uint _register = uint.MaxValue;

    /// <summary>The checksum of all bytes read so far.</summary>
    public uint Checksum => ~_register;

    /// <summary>The checksum of one span: of a chunk of a .png file, say.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        _register = Append(_register, buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static uint Append(uint register, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            register = (register >> 8) ^ s_table[(byte)register ^ value];
        return register;
    }

    private static uint[] Table()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = (entry >> 1) ^ ((entry & 1) * 0xEDB88320);
            table[i] = entry;
        }
        return table;
    }
}
