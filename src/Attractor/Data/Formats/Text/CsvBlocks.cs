using System.Buffers;
using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>
/// Reads text that holds nothing but numbers, the same number of cells in every line, in pieces and on all cores. Whatever is otherwise
/// (quotes, words, blank lines) it leaves to <see cref="CsvRows"/>, which says what it is.
/// </summary>
/// <remarks>
/// The lines of all pieces are counted first, so that each piece puts its values where they belong; which piece is read by whom has no
/// influence on them.
/// </remarks>
internal static class CsvBlocks
{
    // A line as long as that is for the other reader to refuse.
    private const int LongestLine = 1 << 21, LongestEnd = 1 << 12;

    // Beyond the longest line that most files have.
    private const int Ahead = 1 << 12;

    /// <summary>The values of all rows; null if something is not a number, or rows differ.</summary>
    /// <param name="file">A stream that stands where the first row begins.</param>
    /// <param name="separator">Between two cells.</param>
    /// <param name="columns">N.</param>
    /// <param name="mark">Between a whole number and its decimals.</param>
    /// <param name="pieceBytes">Bytes of a piece.</param>
    public static double[]? Read(Stream file, byte separator, int columns, byte mark = (byte)'.', int pieceBytes = 1 << 20)
    {
        long start = file.Position;
        SharedFile shared = new(file);
        long end = End(shared, start, separator, columns);
        if (end <= start)
            return null;
        int pieces = checked((int)((end - start + pieceBytes - 1) / pieceBytes));
        // Lines that begin in each piece.
        long[] lines = new long[pieces];
        Concurrent.For(
            pieces, i => lines[i] = Lines(shared, start, start + ((long)i * pieceBytes), end, pieceBytes), CancellationToken.None);
        long rows = lines.Sum();
        // Every cell takes a byte at least, be it what separates it from the next.
        if ((Int128)rows * columns > Math.Min(SeriesFile.MaxValues, end - start + 1))
            return null;
        FileBudget.Of(file).TakeValues(rows, columns);
        double[] values = GC.AllocateUninitializedArray<double>((int)rows * columns);
        long[] first = new long[pieces];
        for (int i = 1; i < pieces; i++)
            first[i] = first[i - 1] + lines[i - 1];
        CsvPiece form = new(separator, mark, columns);
        int failed = 0;
        Concurrent.For(
            pieces,
            i =>
            {
                if (Volatile.Read(ref failed) == 0 && lines[i] > 0
                    && !Parse(
                        shared, form, start, start + ((long)i * pieceBytes), end, pieceBytes,
                        values.AsSpan((int)first[i] * columns, (int)lines[i] * columns)))
                    Volatile.Write(ref failed, 1);
            },
            CancellationToken.None);
        return failed == 0 ? values : null;
    }

    // Line breaks at the end of a file are nothing, and rows without any cell, as spreadsheets write them.
    private static long End(SharedFile file, long start, byte separator, int columns)
    {
        byte[] tail = new byte[(int)Math.Min(LongestEnd, file.Length - start)];
        Span<byte> rest = tail.AsSpan(0, file.Read(file.Length - tail.Length, tail)).TrimEnd("\r\n"u8);
        while (columns > 1 && rest.LastIndexOf((byte)'\n') is > 0 and var last
            && !rest[(last + 1)..].ContainsAnyExcept(separator, (byte)' ', (byte)'\r')
            && rest[(last + 1)..].Count(separator) == columns - 1)
            rest = rest[..last].TrimEnd("\r\n"u8);
        return file.Length - tail.Length + rest.Length;
    }

    private static long Lines(SharedFile file, long start, long from, long end, int pieceBytes)
    {
        // A line begins where the byte before it ends one; that of the first piece lies outside.
        long first = Math.Max(start, from - 1);
        int length = (int)(Math.Min(from + pieceBytes, end) - 1 - first);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            return bytes.AsSpan(0, file.Read(first, bytes.AsSpan(0, length))).Count((byte)'\n') + (from == start ? 1 : 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool Parse(
        SharedFile file, CsvPiece form, long start, long from, long end, int pieceBytes, Span<double> values)
    {
        long first = Math.Max(start, from - 1);
        int piece = (int)(Math.Min(from + pieceBytes, end) - first);
        for (int ahead = Ahead; ; ahead *= 16)
        {
            int length = (int)Math.Min(piece + ahead, end - first);
            byte[] bytes = ArrayPool<byte>.Shared.Rent(length + CsvPiece.Padding);
            try
            {
                if (file.Read(first, bytes.AsSpan(0, length)) < length)
                    return false;
                Span<byte> text = bytes.AsSpan(0, length);
                int begin = from == start ? 0 : text.IndexOf((byte)'\n') + 1;
                // The line that begins last ends in what follows the piece, or with the file.
                int close = text[(piece - 1)..].IndexOf((byte)'\n');
                if (close >= 0 || first + length == end)
                {
                    int stop = close < 0 ? length : piece - 1 + close;
                    bytes.AsSpan(stop, CsvPiece.Padding).Clear();
                    bytes[stop] = (byte)'\n';
                    return form.TryRead(bytes, begin, stop, values);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
            if (ahead > LongestLine)
                return false;
        }
    }
}
