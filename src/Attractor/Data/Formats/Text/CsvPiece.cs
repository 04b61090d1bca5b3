using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attractor.Data;

/// <summary>Whole lines of numbers.</summary>
/// <param name="separator">Between two cells.</param>
/// <param name="mark">Between a whole number and its decimals.</param>
/// <param name="columns">N.</param>
internal sealed class CsvPiece(byte separator, byte mark, int columns)
{
    /// <summary>Bytes that must lie behind the last line: a line break, then zeros. Eight are read at once.</summary>
    public const int Padding = 16;

    private const int MostDigits = 19, LongestCell = 64, LargestExactPower = 22;
    private const ulong LargestExact = 1UL << 53, Zeros = 0x3030303030303030;

    private static readonly double[] s_exact =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static readonly uint[] s_tens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Reads lines.</summary>
    /// <param name="text">The bytes, with a line break at <paramref name="end"/> and zeros behind it.</param>
    /// <param name="start">Where the first line begins.</param>
    /// <param name="end">Where the last one ends.</param>
    /// <param name="values">R x N, filled wholly.</param>
    /// <returns>Whether there are R lines of N numbers each, and nothing else.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(byte[] text, int start, int end, Span<double> values)
    {
        byte cellEnd = separator, point = mark;
        int cells = columns, cell = 0, count = 0, at = start;
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(text);
        ref UInt128 powers = ref MemoryMarshal.GetReference(DecimalRounding.PowersOfFive);
        ref double exact = ref MemoryMarshal.GetArrayDataReference(s_exact);
        ref uint tens = ref MemoryMarshal.GetArrayDataReference(s_tens);
        while (at <= end)
        {
            if (count == values.Length)
                return false;
            int first = at;
            bool isNegative = Unsafe.Add(ref bytes, at) == '-';
            at += isNegative ? 1 : 0;
            int whole = at;
            ulong digits = 0;
            at = Digits(ref bytes, at, ref digits, ref tens);
            int found = at - whole, power = 0;
            if (Unsafe.Add(ref bytes, at) == point)
            {
                int decimals = ++at;
                at = Digits(ref bytes, at, ref digits, ref tens);
                power = decimals - at;
                found -= power;
            }
            // Zeros in front are no digits.
            if (found > MostDigits)
                found = Significant(text.AsSpan(whole, at - whole));
            bool isPlain = found is > 0 and <= MostDigits;
            if ((Unsafe.Add(ref bytes, at) | 32) == 'e')
                isPlain &= Exponent(ref bytes, ref at, ref power);
            byte next = Unsafe.Add(ref bytes, at);
            // After a carriage return there is nothing but the end of the line.
            if (next == '\r' && Unsafe.Add(ref bytes, at + 1) == '\n')
                next = Unsafe.Add(ref bytes, ++at);
            isPlain &= next == cellEnd || next == '\n';
            double value;
            if (isPlain && digits <= LargestExact && power is >= -LargestExactPower and <= 0)
                value = digits / Unsafe.Add(ref exact, -power);
            else if (!isPlain || !DecimalRounding.TryRound(digits, power, ref powers, out value))
            {
                if (!TryOther(text, first, end, out at, out value))
                    return false;
                next = Unsafe.Add(ref bytes, at);
                isNegative = false;
            }
            Unsafe.Add(ref MemoryMarshal.GetReference(values), count++) = isNegative ? -value : value;
            at++;
            if (next == cellEnd)
            {
                if (++cell >= cells)
                    return false;
            }
            else if (cell + 1 == cells)
                cell = 0;
            else
                return false;
        }
        return count == values.Length;
    }

    // Eight digits at once: pairs, fours and eights of them by three multiplications (Lemire, "Number parsing at a gigabyte per second",
    // 2021); of fewer, zeros take the places in front.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(ref byte bytes, int at, ref ulong digits, ref uint tens)
    {
        while (true)
        {
            ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));
            if (!BitConverter.IsLittleEndian)
                eight = BinaryPrimitives.ReverseEndianness(eight);
            eight ^= Zeros;
            // The lowest byte that is more than 9; a carry changes only what lies above it.
            ulong other = ((eight + 0x7676767676767676) | eight) & 0x8080808080808080;
            if (other == 0)
            {
                digits = (100_000_000 * digits) + Combined(eight);
                at += 8;
                continue;
            }
            int count = BitOperations.TrailingZeroCount(other) >> 3;
            if (count == 0)
                return at;
            digits = (Unsafe.Add(ref tens, count) * digits) + Combined(eight << (64 - (8 * count)));
            return at + count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Combined(ulong eight)
    {
        eight = (eight * 10) + (eight >> 8);
        ulong first = eight & 0x000000FF000000FF, second = (eight >> 16) & 0x000000FF000000FF;
        return (uint)(((first * 0x000F424000000064) + (second * 0x0000271000000001)) >> 32);
    }

    private static bool Exponent(ref byte bytes, ref int at, ref int power)
    {
        const int MostPlaces = 4;
        byte sign = Unsafe.Add(ref bytes, ++at);
        if (sign is (byte)'-' or (byte)'+')
            at++;
        int exponent = 0, first = at;
        for (uint next; (next = (uint)(Unsafe.Add(ref bytes, at) - '0')) <= 9 && at - first < MostPlaces; at++)
            exponent = (10 * exponent) + (int)next;
        power += sign == '-' ? -exponent : exponent;
        return at > first;
    }

    private static int Significant(ReadOnlySpan<byte> number)
    {
        int count = 0;
        foreach (byte c in number)
            count += char.IsAsciiDigit((char)c) && (count > 0 || c != '0') ? 1 : 0;
        return count == 0 ? 1 : count;
    }

    // A cell that is not a number in its plain form: missing, infinite, with blanks around it, of more digits.
    private bool TryOther(byte[] text, int start, int end, out int at, out double value)
    {
        ReadOnlySpan<byte> rest = text.AsSpan(start, end + 1 - start);
        int length = rest.IndexOfAny(separator, (byte)'\n');
        at = start + length;
        ReadOnlySpan<byte> cell = rest[..length];
        if (rest[length] == '\n' && cell is [.., (byte)'\r'])
            cell = cell[..^1];
        bool isSpoilt = cell.ContainsAny((byte)'"', (byte)'\r');
        cell = cell.Trim((byte)' ');
        value = double.NaN;
        // A blank line is for the other reader, whatever it means.
        if (isSpoilt || (columns == 1 && cell.IsEmpty))
            return false;
        if (mark == '.' || cell.Length > LongestCell || !cell.Contains(mark))
            return CsvNumber.TryParse(cell, out value);
        Span<byte> pointed = stackalloc byte[LongestCell];
        cell.Replace(pointed, mark, (byte)'.');
        return !cell.Contains((byte)'.') && CsvNumber.TryParse(pointed[..cell.Length], out value);
    }
}
