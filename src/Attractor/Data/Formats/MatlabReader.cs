using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Attractor.Data;

/// <summary>
/// Reads the arrays of numbers of a .mat file of version 5, after MathWorks' published description of the level 5 format: a header of 128
/// bytes, then elements, each a type, a length and as many bytes; that of an array holds elements for its class, dimensions, name and
/// values, and may be packed by zlib.
/// </summary>
internal sealed class MatlabReader(Stream file)
{
    private const int HeaderLength = 128, Matrix = 14, Compressed = 15, LongestName = 4096, MostDimensions = 32, MostArrays = 100_000;

    // Deflate codes at most 258 bytes in 2 bits (plus a little).
    private const long LargestRatio = 1032;

    // The classes of arrays of numbers: double, single, and integers of 8 to 64 bits; those below hold cells, objects and text.
    private const int FirstNumeric = 6, LastNumeric = 15;

    private bool _swapped;
    private long _budget = SeriesFile.MaxValues;
    private readonly FileBudget _memory = FileBudget.Of(file);

    /// <summary>The arrays of numbers.</summary>
    /// <param name="wanted">The names of those whose values are read.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or too large.</exception>
    public List<MatlabArray> Read(IReadOnlyList<string> wanted)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Exactly(file, header);
        _swapped = (header[126], header[127]) switch
        {
            ((byte)'I', (byte)'M') => false,
            ((byte)'M', (byte)'I') => true,
            _ => throw new InvalidDataException(
                IsOfVersion4(header)
                    ? "is of version 4 of MATLAB's format; save it in a later one, as by save -v7"
                    : "the header of the .mat file is damaged: it does not say the order of bytes"),
        };
        List<MatlabArray> arrays = [];
        Span<byte> tag = stackalloc byte[8];
        while (file.Position + tag.Length <= file.Length && arrays.Count < MostArrays)
        {
            Exactly(file, tag);
            (uint type, uint length) = (UInt32(tag), UInt32(tag[4..]));
            long end = file.Position + length;
            if (end > file.Length)
                throw new InvalidDataException(
                    $"truncated: an element of {length} bytes, of which there are {file.Length - file.Position}");
            MatlabArray? array = type switch
            {
                Matrix => Array(file, length, wanted),
                Compressed => Unpacked(length, wanted),
                _ => null,
            };
            if (array is not null)
                arrays.Add(array);
            file.Position = end;
        }
        return arrays;
    }

    // A type below 5000, rows, columns, whether they are complex, and the length of a name.
    private static bool IsOfVersion4(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header) < 5000
        && BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) <= 1
        && BinaryPrimitives.ReadUInt32LittleEndian(header[16..]) is > 0 and < 64;

    private MatlabArray? Unpacked(uint length, IReadOnlyList<string> wanted)
    {
        try
        {
            using ZLibStream stream = new(file, CompressionMode.Decompress, leaveOpen: true);
            Span<byte> tag = stackalloc byte[8];
            Exactly(stream, tag);
            uint unpacked = UInt32(tag[4..]);
            if (unpacked > LargestRatio * length)
                throw new InvalidDataException($"damaged: {unpacked} bytes cannot come from {length}");
            return UInt32(tag) == Matrix ? Array(stream, unpacked, wanted) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException && e.Source == "System.IO.Compression")
        {
            throw new InvalidDataException("the packed element is damaged; fetch or write the file again", e);
        }
    }

    private MatlabArray? Array(Stream stream, long length, IReadOnlyList<string> wanted)
    {
        long left = length;
        (int type, byte[] flags) = Small(stream, ref left, 16);
        if (type != 6 || flags.Length < 8)
            throw new InvalidDataException("damaged: an array does not say its class");
        uint word = UInt32(flags);
        int kind = (int)(word & 0xFF);
        string? other = kind switch
        {
            1 => "cells; save each as an array of its own",
            2 or 3 => "a structure; save its fields as arrays of their own, as by save -struct",
            5 => "a sparse matrix; save full(x)",
            _ => null,
        };
        // Text and functions are passed over without a word.
        if (kind is < FirstNumeric or > LastNumeric && other is null)
            return null;
        (type, byte[] sizes) = Small(stream, ref left, 4 * MostDimensions);
        if (type != 5 || sizes.Length < 8 || sizes.Length % 4 != 0)
            throw new InvalidDataException("damaged: an array does not say its dimensions");
        (_, byte[] nameBytes) = Small(stream, ref left, LongestName);
        string name = Encoding.UTF8.GetString(nameBytes);
        long[] shape = new long[sizes.Length / 4];
        double count = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = (int)UInt32(sizes.AsSpan(4 * i));
            if (shape[i] < 0)
                throw new InvalidDataException($"damaged: array '{Excerpt.Of(name.AsSpan())}' has a negative dimension");
            count *= shape[i];
        }
        if (other is not null)
            return new(name, shape, null, other) { IsOther = true };
        string? fault = (word & 0x800) != 0 ? "complex numbers; save real and imaginary part apart"
            : shape.Length > 2 ? $"an array of {string.Join(" x ", shape)}, expected rows of variables; reshape it"
            : null;
        if (count == 0)
            return null;
        // A row of numbers is a series as much as a column.
        if (shape is [1, > 1])
            shape = [shape[1], 1];
        if (fault is not null || !wanted.Contains(name))
            return new(name, shape, null, fault);
        if (count > _budget)
            throw new InvalidDataException($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
        _budget -= (long)count;
        return new(name, shape, Values(stream, left, (int)shape[0], (int)shape[1], name), null);
    }

    // Values are stored by columns, and in the smallest type that holds them.
    private double[] Values(Stream stream, long left, int rows, int columns, string name)
    {
        Span<byte> tag = stackalloc byte[8];
        Exactly(stream, tag);
        uint first = UInt32(tag);
        bool isSmall = first >> 16 != 0;
        (int type, long length) = isSmall ? ((int)(first & 0xFFFF), first >> 16) : ((int)first, UInt32(tag[4..]));
        NpyElement element = type switch
        {
            1 => new('i', 1, false),
            2 => new('u', 1, false),
            3 => new('i', 2, _swapped),
            4 => new('u', 2, _swapped),
            5 => new('i', 4, _swapped),
            6 => new('u', 4, _swapped),
            7 => new('f', 4, _swapped),
            9 => new('f', 8, _swapped),
            12 => new('i', 8, _swapped),
            13 => new('u', 8, _swapped),
            _ => throw new InvalidDataException($"damaged: array '{Excerpt.Of(name.AsSpan())}' has values of the unknown type {type}"),
        };
        long values = (long)rows * columns;
        if (length != values * element.Size || length > left)
            throw new InvalidDataException(
                $"damaged: array '{Excerpt.Of(name.AsSpan())}' of {rows} x {columns} values of {element.Size} bytes takes {length} bytes");
        _memory.TakeValues(rows, columns);
        byte[] bytes = new byte[element.Size * Math.Min(rows, 1 << 13)];
        double[] decoded = new double[bytes.Length / element.Size], all = new double[values];
        Span<byte> inTag = tag[4..];
        for (int column = 0; column < columns; column++)
            for (int row = 0; row < rows;)
            {
                int count = Math.Min(decoded.Length, rows - row);
                Span<byte> chunk = bytes.AsSpan(0, count * element.Size);
                if (isSmall)
                {
                    if (chunk.Length > inTag.Length)
                        throw new InvalidDataException($"damaged: array '{Excerpt.Of(name.AsSpan())}' is shorter than it says");
                    inTag[..chunk.Length].CopyTo(chunk);
                    inTag = inTag[chunk.Length..];
                }
                else
                {
                    Exactly(stream, chunk);
                }
                element.Decode(chunk, decoded.AsSpan(0, count));
                for (int i = 0; i < count; i++)
                    all[((long)(row + i) * columns) + column] = decoded[i];
                row += count;
            }
        return all;
    }

    // An element of at most so many bytes; one of up to four stands within its tag.
    private (int Type, byte[] Bytes) Small(Stream stream, ref long left, int most)
    {
        Span<byte> tag = stackalloc byte[8];
        Exactly(stream, tag);
        left -= tag.Length;
        uint first = UInt32(tag);
        if (first >> 16 is > 0 and var within)
            return within <= 4
                ? ((int)(first & 0xFFFF), tag.Slice(4, (int)within).ToArray())
                : throw new InvalidDataException("damaged: a short element is long");
        long length = UInt32(tag[4..]), padded = (length + 7) / 8 * 8;
        if (length > most || padded > left)
            throw new InvalidDataException($"damaged: an element of {length} bytes where at most {Math.Min(most, left)} can be");
        byte[] bytes = new byte[padded];
        Exactly(stream, bytes);
        left -= padded;
        return ((int)first, bytes[..(int)length]);
    }

    private uint UInt32(ReadOnlySpan<byte> bytes)
        => _swapped ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void Exactly(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("truncated: the file ends within an array");
    }
}
