using System.Buffers.Binary;
using System.IO.Compression;

namespace Attractor.Data;

/// <summary>Reads and writes the idx format, in which MNIST and its relatives are published: unsigned bytes, plain or gzipped.</summary>
/// <remarks>
/// Two zero bytes, the type of the elements (08: unsigned bytes), the rank, a big-endian 32-bit size for each dimension, then the elements
/// (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"). Every failure is an <see cref="InvalidDataException"/>, a
/// <see cref="FileNotFoundException"/> or an <see cref="IOException"/> whose message is one line that starts with the name of the file.
/// Nothing is unpacked beyond what the header announces.
/// </remarks>
public static class IdxFile
{
    /// <summary>The most values one file may hold.</summary>
    internal const int MaxValues = 1 << 30;

    private const byte UnsignedBytes = 0x08;

    /// <summary>Reads a file; whether it is gzipped its contents say, not its name.</summary>
    /// <param name="path">An idx file of unsigned bytes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, damaged, of another kind, or holds other elements than bytes.</exception>
    /// <exception cref="IOException">The path is a directory, or the file cannot be read.</exception>
    public static IdxArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileErrors.Named(path, () =>
        {
            using FileStream file = FileErrors.Open(path, "idx");
            return Read(file);
        });
    }

    /// <summary>Writes a file, gzipped if its name ends in .gz, replacing it in one step.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="array">What.</param>
    /// <exception cref="ArgumentException">The values are not as many as the shape says.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void Write(string path, IdxArray array)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(array);
        if (array.Shape.Count is 0 or > byte.MaxValue || array.Shape.Any(size => size < 0) || Product(array.Shape) != array.Values.Length)
            throw new ArgumentException($"The shape {array.ShapeText} does not hold {array.Values.Length} values.", nameof(array));
        FileErrors.Named(path, () =>
        {
            AtomicFile.Write(path, file =>
            {
                Span<byte> header = stackalloc byte[4 * (1 + array.Shape.Count)];
                (header[2], header[3]) = (UnsignedBytes, (byte)array.Shape.Count);
                for (int i = 0; i < array.Shape.Count; i++)
                    BinaryPrimitives.WriteInt32BigEndian(header[(4 * (i + 1))..], array.Shape[i]);
                using GZipStream? packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                    ? new(file, CompressionLevel.Optimal, leaveOpen: true)
                    : null;
                Stream stream = packed ?? file;
                stream.Write(header);
                stream.Write(array.Values);
            });
            return true;
        });
    }

    /// <summary>Whether these are the first bytes of an idx file, plain or gzipped.</summary>
    internal static bool Announces(ReadOnlySpan<byte> start) => Gzip.Announces(start) || start is [0, 0, _, > 0, ..];

    /// <summary>Reads the whole of a seekable stream.</summary>
    internal static IdxArray Read(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (!Gzip.Announces(start[..length]))
            return Read(file, file.Length, exact: true);
        using Gzip unpacked = new(file);
        return Read(unpacked, Gzip.MostUnpacked(file.Length), exact: false);
    }

    // available: how many bytes there are, or at most can be.
    private static IdxArray Read(Stream stream, long available, bool exact)
    {
        int[] shape = ReadShape(stream);
        long count = Product(shape), header = 4 * (1 + shape.Length), found = available - header;
        string announced = $"{new IdxArray([], shape).ShapeText} bytes";
        if (count == 0)
            throw new InvalidDataException(
                $"an array of shape {new IdxArray([], shape).ShapeText} holds no values; write it again with some");
        if (count > MaxValues)
            throw new InvalidDataException(
                $"the header announces {announced}, more than the {MaxValues} that can be read; the file is damaged, or must be split");
        if (found < count)
            throw Truncated(announced, count, exact ? $"{found}" : "fewer");
        if (exact && found > count)
            throw TooLong(announced, count);

        byte[] values = GC.AllocateUninitializedArray<byte>((int)count);
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
            throw Truncated(announced, count, $"{read}");
        // One byte more is asked for: its absence also makes a gzipped stream check itself.
        if (stream.ReadByte() >= 0)
            throw TooLong(announced, count);
        return new(values, shape);
    }

    private static int[] ReadShape(Stream stream)
    {
        Span<byte> word = stackalloc byte[4];
        int length = stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false);
        if (length < word.Length)
            throw new InvalidDataException($"truncated: {length} bytes are too few for the header of an idx file; fetch it again");
        if (word is not [0, 0, _, > 0])
            throw new InvalidDataException(
                $"not an idx file: expected it to begin with the bytes 00 00 08 and the rank (01 for labels, 03 for images), found "
                + $"{BitConverter.ToString(word.ToArray()).Replace('-', ' ')}");
        if (word[2] != UnsignedBytes)
            throw new InvalidDataException(
                $"holds elements of type {word[2]:X2}{TypeName(word[2])}, expected unsigned bytes (08); save real numbers as .npy");
        int[] shape = new int[word[3]];
        for (int i = 0; i < shape.Length; i++)
        {
            if (stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) < word.Length)
                throw new InvalidDataException(
                    $"truncated: the header announces {shape.Length} dimensions and ends within size {i + 1}; fetch it again");
            uint size = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (size > MaxValues)
                throw new InvalidDataException(
                    $"size {i + 1} in the header is {size}, more than the {MaxValues} values that can be read; the file "
                    + $"is damaged, or must be split");
            shape[i] = (int)size;
        }
        return shape;
    }

    // Beyond MaxValues how far does not matter; a factor of 0 makes it 0 wherever it stands.
    private static long Product(IEnumerable<int> shape)
    {
        long product = 1;
        foreach (int size in shape)
        {
            if (size == 0)
                return 0;
            product = Math.Min(product, MaxValues + 1L) * size;
        }
        return product;
    }

    private static InvalidDataException Truncated(string announced, long count, string found)
        => new($"truncated: the header announces {announced}, {count} in all, found {found}; fetch it again");

    private static InvalidDataException TooLong(string announced, long count)
        => new($"too long: bytes follow the {count} that the header announces, {announced}; fetch it again");

    private static string TypeName(byte type) => type switch
    {
        0x09 => " (signed bytes)",
        0x0B => " (16-bit integers)",
        0x0C => " (32-bit integers)",
        0x0D => " (float32)",
        0x0E => " (float64)",
        _ => "",
    };
}
