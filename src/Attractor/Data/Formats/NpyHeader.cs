using System.Buffers.Binary;
using System.Text;

namespace Attractor.Data;

/// <summary>The header of a .npy file, for an array that is a series or a set of images.</summary>
/// <param name="Element">The type of its elements.</param>
/// <param name="ColumnMajor">Whether columns, not rows, are contiguous (Fortran order).</param>
/// <param name="Rows">T.</param>
/// <param name="Columns">N; 1 for an array of rank 1, H * W for one of rank 3.</param>
/// <param name="Length">Bytes of the header with its preamble.</param>
internal sealed record NpyHeader(NpyElement Element, bool ColumnMajor, long Rows, int Columns, int Length)
{
    // NumPy itself refuses headers beyond 10,000 bytes unless told to trust the file.
    private const int LongestText = 65_536;

    /// <summary>The first bytes of every .npy file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Rank of the array.</summary>
    public int Rank { get; private init; } = 2;

    /// <summary>H of an array of rank 3; 1 of a lower rank.</summary>
    public int Height { get; private init; } = 1;

    /// <summary>W, so that each of the rows is H x W.</summary>
    public int Width => Columns / Height;

    /// <summary>Bytes of the data.</summary>
    public long DataLength => Rows * Columns * Element.Size;

    /// <summary>Reads the preamble and the header: format versions 1.0, 2.0 and 3.0.</summary>
    /// <param name="stream">Positioned at the start of the .npy data.</param>
    /// <param name="highestRank">2 for a series, T or T x N; 3 where N x H x W will do as well.</param>
    /// <param name="mostValues">How many values the array may hold.</param>
    /// <param name="images">Whether they are images, for messages.</param>
    /// <exception cref="InvalidDataException">It is not the header of an array of real numbers of such a rank and size.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the header.</exception>
    public static NpyHeader Read(
        Stream stream, int highestRank = 2, long mostValues = SeriesFile.MaxValues, bool images = false)
    {
        Span<byte> preamble = stackalloc byte[12];
        stream.ReadExactly(preamble[..8]);
        if (!preamble.StartsWith(Magic))
            throw new InvalidDataException(
                $"not a .npy file: expected it to begin with the bytes 93 4E 55 4D 50 59, found {Convert.ToHexString(preamble[..6])}");
        (int major, int minor) = (preamble[6], preamble[7]);
        if (major is < 1 or > 3 || minor != 0)
            throw new InvalidDataException($".npy format version {major}.{minor}, expected 1.0, 2.0 or 3.0; save it again with NumPy");

        int preambleLength = major == 1 ? 10 : 12;
        stream.ReadExactly(preamble[8..preambleLength]);
        uint length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(preamble[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(preamble[8..]);
        if (length > LongestText)
            throw new InvalidDataException($"the header is said to hold {length} bytes, expected at most {LongestText}");

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        string text = (major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        if (PythonLiteral.Parse(text) is not Dictionary<string, object?> entries)
            throw new InvalidDataException("the header is damaged: expected a dictionary");
        return FromEntries(entries, preambleLength + bytes.Length, highestRank, mostValues, images);
    }

    private static NpyHeader FromEntries(Dictionary<string, object?> entries, int length, int highestRank, long mostValues, bool images)
    {
        if (entries.Count != 3 || !entries.TryGetValue("descr", out object? descr)
            || !entries.TryGetValue("fortran_order", out object? order) || !entries.TryGetValue("shape", out object? shape))
        {
            throw new InvalidDataException(
                $"the header names "
                + $"{(entries.Count == 0 ? "nothing" : string.Join(", ", entries.Keys.Take(5).Select(key => Excerpt.Of(key))))}, expected "
                + $"descr, fortran_order, shape");
        }
        if (order is not bool columnMajor)
            throw new InvalidDataException("fortran_order in the header is neither True nor False");
        if (shape is not object[] sizes || sizes.Any(size => size is not >= 0L))
            throw new InvalidDataException("shape in the header is not a tuple of sizes");
        NpyElement element = NpyElement.Parse(descr);

        string found = $"({string.Join(", ", sizes.Take(8))}{(sizes.Length == 1 ? "," : sizes.Length > 8 ? ", ..." : "")})";
        if (sizes.Length == 0 || sizes.Length > highestRank)
        {
            throw new InvalidDataException(!images
                ? $"an array of shape {found}, expected (T, N), or (T,) for one variable"
                    + $"{(highestRank > 2 ? ", or (K, T, N) for K trials" : "")}; reshape it to rows of variables"
                : $"an array of shape {found}, expected images of shape (N, H, W) or (N, D); reshape it");
        }
        if (sizes.Contains(0L))
            throw new InvalidDataException($"an array of shape {found} holds no values");
        Int128 values = 1;
        foreach (object size in sizes)
        {
            values *= (long)size;
            if (values > mostValues)
                throw new InvalidDataException(
                    $"an array of shape {found} holds more than the {mostValues} values that can be read; split or thin it");
        }
        long rows = (long)sizes[0], columns = (long)values / rows;
        if (columns > int.MaxValue)
            throw new InvalidDataException(
                $"an array of shape {found} has {columns} columns, expected at most {int.MaxValue}; transpose it");
        return new(element, columnMajor, rows, (int)columns, length)
        {
            Rank = sizes.Length,
            Height = sizes.Length == 3 ? (int)(long)sizes[1] : 1
        };
    }
}
