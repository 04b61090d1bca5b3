using System.Buffers;

namespace Attractor.Data;

/// <summary>Reads an array in NumPy's .npy format.</summary>
internal static class NpyReader
{
    // A multiple of every element size, and small enough to stay in the cache between reading and converting.
    private const int ChunkLength = 1 << 16;

    private const int MostTrials = 1 << 20;

    /// <summary>Reads the whole of <paramref name="stream"/> as one array.</summary>
    /// <param name="stream">Positioned at the start of the .npy data.</param>
    /// <param name="length">Bytes from there to the end: checked against the shape before anything is allocated.</param>
    /// <param name="budget">How many values may be read at most.</param>
    /// <returns>T * N values, row-major, and N.</returns>
    /// <exception cref="InvalidDataException">It is not a sound .npy file of real numbers of rank 1 or 2.</exception>
    public static (double[] Values, int Columns) Read(Stream stream, long length, long budget = SeriesFile.MaxValues)
    {
        (double[] values, NpyHeader header) = Read(stream, length, budget, highestRank: 2, images: false);
        return (values, header.Columns);
    }

    /// <summary>Reads the whole of <paramref name="stream"/> as series: one of shape T x N or T, K of shape K x T x N.</summary>
    /// <param name="stream">Positioned at the start of the .npy data.</param>
    /// <param name="length">Bytes from there to the end.</param>
    /// <param name="budget">How many values may be read at most.</param>
    /// <param name="memory">What they may take of memory, where they are packed.</param>
    /// <returns>Of each T * N values, row-major, and N.</returns>
    /// <exception cref="InvalidDataException">It is not a sound .npy file of real numbers of rank 1 to 3.</exception>
    public static IReadOnlyList<(double[] Values, int Columns)> ReadTrials(
        Stream stream, long length, long budget = SeriesFile.MaxValues, FileBudget? memory = null)
    {
        (double[] values, NpyHeader header) = Read(stream, length, budget, highestRank: 3, images: false, memory);
        if (header.Rank < 3)
            return [(values, header.Columns)];
        if (header.Rows > MostTrials)
            throw new InvalidDataException(
                $"an array of {header.Rows} trials of {header.Height} rows of {header.Width} variables, expected at most {MostTrials} "
                + "trials");
        return [.. Enumerable.Range(0, (int)header.Rows).Select(
            k => (values.AsSpan(k * header.Columns, header.Columns).ToArray(), header.Width))];
    }

    /// <summary>Reads the whole of <paramref name="stream"/> as a set of images, N x H x W or N x D.</summary>
    /// <returns>N * H * W values, row-major, and the header.</returns>
    /// <exception cref="InvalidDataException">It is not a sound .npy file of real numbers of rank 1 to 3.</exception>
    public static (double[] Values, NpyHeader Header) ReadImages(Stream stream, long length)
        => Read(stream, length, SeriesFile.MaxValues, highestRank: 3, images: true);

    /// <summary>Reads the header and holds it against the length of the file.</summary>
    /// <param name="stream">Positioned at the start of the .npy data.</param>
    /// <param name="length">Bytes from there to the end.</param>
    /// <param name="highestRank">2 for one series, 3 for trials or images.</param>
    /// <param name="mostValues">How many values the array may hold.</param>
    /// <param name="images">Whether they are images, for messages.</param>
    /// <returns>The header; the stream stands where the data begin.</returns>
    /// <exception cref="InvalidDataException">It is damaged, of another rank or size, or the data are
    /// shorter or longer than it says.</exception>
    public static NpyHeader ReadHeader(Stream stream, long length, int highestRank, long mostValues, bool images = false)
    {
        NpyHeader header;
        try
        {
            header = NpyHeader.Read(stream, highestRank, mostValues, images);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"truncated: {length} bytes are too few for the header of a .npy file");
        }

        long expected = header.DataLength, found = length - header.Length;
        if (found < expected)
            throw new InvalidDataException($"truncated: {Shape(header)} need {expected} bytes, found {found}");
        if (found > expected)
            throw new InvalidDataException(
                $"{found - expected} bytes too long: {Shape(header)} need {expected} bytes, found {found}; save "
                + $"several arrays with np.savez");
        return header;
    }

    private static string Shape(NpyHeader header) => $"{header.Rows} x {header.Columns} elements of {header.Element.Size} bytes";

    private static (double[] Values, NpyHeader Header) Read(
        Stream stream, long length, long budget, int highestRank, bool images, FileBudget? memory = null)
    {
        NpyHeader header = ReadHeader(stream, length, highestRank, SeriesFile.MaxValues, images);
        if (header.Rows * header.Columns > budget)
            throw new InvalidDataException(
                $"{Shape(header)} would exceed the {SeriesFile.MaxValues} values that can be read from one file; split or thin it");

        memory?.TakeValues(header.Rows, header.Columns);
        double[] values = GC.AllocateUninitializedArray<double>((int)header.Rows * header.Columns);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        double[] column = ArrayPool<double>.Shared.Rent(ChunkLength);
        try
        {
            int size = header.Element.Size;
            for (int first = 0; first < values.Length;)
            {
                int count = Math.Min(ChunkLength / size, values.Length - first);
                Span<byte> chunk = buffer.AsSpan(0, count * size);
                stream.ReadExactly(chunk);
                if (header.ColumnMajor && header.Columns > 1)
                {
                    header.Element.Decode(chunk, column.AsSpan(0, count));
                    Scatter(column.AsSpan(0, count), first, values, header);
                }
                else
                {
                    header.Element.Decode(chunk, values.AsSpan(first, count));
                }
                first += count;
            }
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"truncated: {Shape(header)} need {header.DataLength} bytes, found fewer");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<double>.Shared.Return(column);
        }
        return (values, header);
    }

    // The first index of a column-major array runs fastest, the last slowest.
    private static void Scatter(ReadOnlySpan<double> elements, int first, double[] values, NpyHeader header)
    {
        (int column, int row) = Math.DivRem(first, (int)header.Rows);
        int offset = Offset(column);
        foreach (double element in elements)
        {
            values[(row * header.Columns) + offset] = element;
            if (++row < header.Rows)
                continue;
            row = 0;
            offset = Offset(++column);
        }

        int Offset(int pixel)
        {
            (int x, int y) = Math.DivRem(pixel, header.Height);
            return (y * header.Width) + x;
        }
    }
}
