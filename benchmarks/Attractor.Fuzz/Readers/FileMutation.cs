using System.Buffers.Binary;
using System.Text;

namespace Attractor.Fuzz.Readers;

/// <summary>Damages files of any kind: bytes, numbers, lengths, words, blocks.</summary>
/// <param name="files">Sound files, parts of which find their way into others.</param>
internal sealed class FileMutation(IReadOnlyList<byte[]> files)
{
    private const int MostChanges = 6, MostBytes = 1 << 17;

    private static readonly byte[][] s_words =
    [
        .. ((string[])["NaN", "1e999", "-0", "inf", "1,5", ";", "\"", "\r\n", "\n\n", "\t", "{", "}", "[", "null", "@data", ":", "?",
            "99999999999999999999", "-2147483648", "4294967295", "18446744073709551615", "0.0000000000000000000000000000000000001",
            "2024-02-30", "\u00e9\u20ac", "\0"]).Select(Encoding.UTF8.GetBytes)
    ];

    private static readonly long[] s_numbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue,
        long.MinValue
    ];

    /// <summary>Damages a file in a few places.</summary>
    public byte[] Damage(byte[] sound, Random random)
    {
        byte[] bytes = [.. sound];
        for (int change = random.Next(1, MostChanges); change > 0; change--)
            bytes = Changed(bytes, random);
        if (bytes.Length > MostBytes)
            Array.Resize(ref bytes, MostBytes);
        return bytes;
    }

    private byte[] Changed(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return bytes;
        // The beginning and the end hold what tells where all else is.
        int at = random.Next(3) switch
        {
            0 => random.Next(Math.Min(bytes.Length, 256)),
            1 => Math.Max(0, bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 512))),
            _ => random.Next(bytes.Length),
        };
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 4:
                bytes[at] = random.Next(3) switch { 0 => 0, 1 => 255, _ => 127 };
                return bytes;
            case 5 or 6:
                Number(bytes, at, s_numbers[random.Next(s_numbers.Length)] + random.Next(-1, 2), random);
                return bytes;
            case 7:
                return bytes[..at];
            case 8:
                byte[] word = s_words[random.Next(s_words.Length)];
                return [.. bytes[..at], .. word, .. bytes[(random.Next(2) == 0 ? at : Math.Min(bytes.Length, at + word.Length))..]];
            case 9:
                int length = random.Next(1, Math.Min(64, bytes.Length - at) + 1);
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 10:
                // A block twice, or many times.
                int block = random.Next(1, Math.Min(256, bytes.Length - at) + 1), times = random.Next(4) == 0 ? 64 : 1;
                return [.. bytes[..at], .. Enumerable.Repeat(bytes[at..(at + block)], times).SelectMany(b => b), .. bytes[at..]];
            default:
                byte[] other = files[random.Next(files.Count)];
                int from = random.Next(other.Length), taken = random.Next(1, Math.Min(256, other.Length - from) + 1);
                return [.. bytes[..at], .. other[from..(from + taken)], .. bytes[Math.Min(bytes.Length, at + taken)..]];
        }
    }

    private static void Number(byte[] bytes, int at, long value, Random random)
    {
        Span<byte> eight = stackalloc byte[8];
        if (random.Next(4) == 0)
            BinaryPrimitives.WriteInt64BigEndian(eight, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        int size = 1 << random.Next(1, 4);
        eight[..Math.Min(size, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
    }
}
