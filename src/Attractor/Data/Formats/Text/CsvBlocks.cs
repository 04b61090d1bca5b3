using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>
/// Reads text that holds nothing but numbers, the same number of cells in every line, in blocks and on all cores. Whatever is otherwise
/// (quotes, words, blank lines) it leaves to <see cref="CsvRows"/>, which says what it is.
/// </summary>
internal static class CsvBlocks
{
    private const int BlockBytes = 1 << 24, LongestLine = 1 << 21, LeastPiece = 1 << 18, MostDigits = 19;

    /// <summary>The values of all rows; null if something is not a number, or rows differ.</summary>
    /// <param name="file">A stream that stands where the first row begins.</param>
    /// <param name="separator">Between two cells.</param>
    /// <param name="columns">N.</param>
    public static double[]? Read(Stream file, byte separator, int columns)
    {
        byte[] block = new byte[(int)Math.Min(BlockBytes, file.Length - file.Position + 1)];
        List<ArraySegment<double>> parts = [];
        long count = 0;
        for (int kept = 0, end; ;)
        {
            int length = kept + file.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            bool isLast = length < block.Length;
            end = isLast ? length : block.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            // A line as long as that is for the other reader to refuse.
            if (!isLast && length - end > LongestLine)
                return null;
            foreach (ArraySegment<double>? part in Pieces(block, end, separator, columns))
            {
                if (part is not { } found || (count += found.Count) > SeriesFile.MaxValues)
                    return null;
                parts.Add(found);
            }
            if (isLast)
                break;
            kept = length - end;
            block.AsSpan(end, kept).CopyTo(block);
        }
        if (count == 0)
            return null;
        double[] values = GC.AllocateUninitializedArray<double>((int)count);
        int at = 0;
        foreach (ArraySegment<double> part in parts)
        {
            part.CopyTo(values, at);
            at += part.Count;
        }
        return values;
    }

    // Cut at the ends of lines; which piece is read by whom has no influence on the values.
    private static ArraySegment<double>?[] Pieces(byte[] block, int length, byte separator, int columns)
    {
        int count = Math.Clamp(length / LeastPiece, 1, Environment.ProcessorCount);
        int[] ends = new int[count + 1];
        for (int i = 1; i < count; i++)
        {
            int from = Math.Max(ends[i - 1], (int)((long)length * i / count));
            int line = block.AsSpan(from, length - from).IndexOf((byte)'\n');
            ends[i] = line < 0 ? length : from + line + 1;
        }
        ends[count] = length;
        ArraySegment<double>?[] parts = new ArraySegment<double>?[count];
        Concurrent.For(
            count, i => parts[i] = Values(block.AsSpan(ends[i], ends[i + 1] - ends[i]), separator, columns), CancellationToken.None);
        return parts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArraySegment<double>? Values(ReadOnlySpan<byte> text, byte separator, int columns)
    {
        // A number takes a digit and what separates it from the next.
        double[] values = GC.AllocateUninitializedArray<double>(Math.Min((text.Length / 2) + 1, Math.Max(1024, text.Length / 8)));
        int count = 0, cell = 0, at = 0;
        while (at < text.Length)
        {
            if (count == values.Length)
                Array.Resize(ref values, 2 * values.Length);
            int end = Number(text, at, separator, out double value);
            if (end < 0)
            {
                end = at + Math.Max(0, text[at..].IndexOfAny(separator, (byte)'\n') is >= 0 and var found ? found : text.Length - at);
                ReadOnlySpan<byte> other = text[at..end];
                bool isEnd = end == text.Length || text[end] == '\n';
                if (isEnd && other is [.., (byte)'\r'])
                    other = other[..^1];
                // A blank line, or something that is not a number as it stands.
                if ((isEnd && cell == 0 && columns == 1 && other.Trim((byte)' ').IsEmpty)
                    || other.ContainsAny((byte)'"', (byte)'\r') || !CsvNumber.TryParse(other.Trim((byte)' '), out value))
                    return null;
            }
            values[count++] = value;
            cell++;
            if (end < text.Length && text[end] == separator)
            {
                at = end + 1;
                // An empty cell at the end of the text.
                if (at == text.Length)
                    return null;
                continue;
            }
            if (cell != columns)
                return null;
            cell = 0;
            at = end + 1;
        }
        return cell == 0 ? new(values, 0, count) : null;
    }

    // Of the plain form: digits, a point, an exponent. Returns where its separator or line break is; -1 of any other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(ReadOnlySpan<byte> text, int at, byte separator, out double value)
    {
        value = 0;
        bool isNegative = text[at] == '-';
        if (isNegative)
            at++;
        ulong digits = 0;
        int start = at, count = 0, power = 0;
        uint next;
        at = Eights(text, at, ref digits);
        for (; at < text.Length && (next = (uint)(text[at] - '0')) <= 9; at++)
            digits = (10 * digits) + next;
        count = at - start;
        if (at < text.Length && text[at] == '.')
        {
            int point = ++at;
            at = Eights(text, at, ref digits);
            for (; at < text.Length && (next = (uint)(text[at] - '0')) <= 9; at++)
                digits = (10 * digits) + next;
            power = point - at;
            count -= power;
            // Zeros in front are no digits.
            if (count > MostDigits)
                for (int i = start; i < at && text[i] is (byte)'0' or (byte)'.'; i++)
                    count -= text[i] == '0' ? 1 : 0;
        }
        if (count is <= 0 or > MostDigits)
            return -1;
        if (at < text.Length && (text[at] | 32) == 'e')
        {
            bool falls = ++at < text.Length && text[at] == '-';
            if (falls || (at < text.Length && text[at] == '+'))
                at++;
            int exponent = 0, first = at;
            for (; at < text.Length && (next = (uint)(text[at] - '0')) <= 9 && at - first < 4; at++)
                exponent = (10 * exponent) + (int)next;
            if (at == first)
                return -1;
            power += falls ? -exponent : exponent;
        }
        int end = at;
        if (at < text.Length && text[at] == '\r')
            end++;
        // After a carriage return there is nothing but the end of the line.
        if (end < text.Length && text[end] != '\n' && (end > at || text[end] != separator))
            return -1;
        if (!DecimalRounding.TryRound(digits, power, out value))
            return -1;
        if (isNegative)
            value = -value;
        return end;
    }

    // Eight digits at once, while there are as many: pairs, fours and eights of them by three multiplications (Lemire 2021).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Eights(ReadOnlySpan<byte> text, int at, ref ulong digits)
    {
        while (text.Length - at >= 8)
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            // Every byte is 0x30 to 0x39: its upper half is 3, and stays 3 when 6 is added.
            if (((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) != 0x3333333333333333)
                break;
            eight -= 0x3030303030303030;
            eight = (eight * 10) + (eight >> 8);
            ulong first = eight & 0x000000FF000000FF, second = (eight >> 16) & 0x000000FF000000FF;
            eight = ((first * 0x000F424000000064) + (second * 0x0000271000000001)) >> 32;
            digits = (100_000_000 * digits) + (uint)eight;
            at += 8;
        }
        return at;
    }
}
