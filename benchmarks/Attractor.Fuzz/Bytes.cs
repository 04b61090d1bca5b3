using System.Text;

namespace Attractor.Fuzz;

/// <summary>Damage to a file that is taken as bytes or as lines of text.</summary>
internal static class Bytes
{
    private static readonly string[] s_tokens =
    [
        "NaN", "nan", "inf", "-inf", "Infinity", "1e308", "-1e308", "1e-310", "1e400", "0", "-1", "2147483647", "2147483648", "-2147483649",
        "9223372036854775807", "18446744073709551615", "99999999999999999999", "0.1.2", "1e", "--", "\"", "'", "\\", "\0", "\u001b[31m",
        ",", ";", "\t", "\r", "\n\n", "{", "}", "[", "]", "(", ")", "[[[[[[[[", "null", "true", "\ufeff", "\u202e", "é", "=", "/0",
        "^^", "#",
    ];

    public static byte[] Damage(byte[] bytes, Random random)
    {
        for (int times = random.Next(3) == 0 ? random.Next(2, 5) : 1; times > 0; times--)
            bytes = Once(bytes, random);
        return bytes;
    }

    public static string Token(Random random) => s_tokens[random.Next(s_tokens.Length)];

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return Encoding.UTF8.GetBytes(Token(random));
        // Headers are at the start, and are a small part of a file.
        int at = random.Next(random.Next(4) != 0 ? bytes.Length : Math.Min(bytes.Length, 200)), length = random.Next(1, 1 + Math.Min(
            bytes.Length - at, random.Next(2) == 0 ? 8 : bytes.Length));
        byte[] token = Encoding.UTF8.GetBytes(Token(random));
        switch (random.Next(12))
        {
            case 0:
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                byte[] changed = [.. bytes];
                changed[at] = (byte)random.Next(256);
                return changed;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. token, .. bytes[at..]];
            case 6:
                return [.. bytes[..at], .. token, .. bytes[Math.Min(bytes.Length, at + token.Length)..]];
            case 7:
                return Number(bytes, at, token);
            case 8 or 9:
                return Digit(bytes, at, random);
            case 10:
                return Word(bytes, at, random);
            default:
                byte[] filled = [.. bytes];
                filled.AsSpan(at, length).Fill((byte)(random.Next(3) switch { 0 => 0, 1 => 255, _ => '9' }));
                return filled;
        }
    }

    // What stays a number is read, and reaches what computes with it.
    private static byte[] Digit(byte[] bytes, int at, Random random)
    {
        byte[] changed = [.. bytes];
        int digit = Array.FindIndex(changed, at, IsDigit);
        if (digit >= 0)
            changed[digit] = (byte)('0' + random.Next(10));
        return changed;
    }

    // Eight bytes of a binary file: a value that is there already, or one at an edge.
    private static byte[] Word(byte[] bytes, int at, Random random)
    {
        byte[] changed = [.. bytes];
        at &= ~7;
        if (at + 8 > changed.Length)
            return changed;
        double value = random.Next(8) switch
        {
            0 => 0,
            1 => -1,
            2 => 1e300,
            3 => 1e-310,
            4 => double.NaN,
            5 => double.PositiveInfinity,
            6 => 1e17,
            _ => random.NextDouble(),
        };
        BitConverter.TryWriteBytes(changed.AsSpan(at), value);
        return changed;
    }

    // The number that is nearest behind a place becomes another word.
    private static byte[] Number(byte[] bytes, int at, byte[] token)
    {
        int start = at;
        while (start < bytes.Length && !IsDigit(bytes[start]))
            start++;
        int end = start;
        while (end < bytes.Length && (IsDigit(bytes[end]) || bytes[end] is (byte)'.' or (byte)'e' or (byte)'-'))
            end++;
        return [.. bytes[..start], .. token, .. bytes[end..]];
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
