using System.Buffers.Binary;
using System.IO.Compression;

namespace Attractor.Data;

/// <summary>Writes pictures as .png files of 8 bits a sample (ISO/IEC 15948).</summary>
public static class Png
{
    private const byte Grey = 0, Colour = 2, BitDepth = 8, Metre = 1;
    private const double MetresPerInch = 0.0254;

    /// <summary>Writes a file, replacing it in one step.</summary>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    public static void Write(string path, Raster picture)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = Encode(picture);
        FileErrors.Named(path, () =>
        {
            AtomicFile.Write(path, file => file.Write(bytes));
            return true;
        });
    }

    /// <summary>The contents of the file: for a page that embeds its pictures, say.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="dotsPerInch">Pixels to an inch of paper, for programs that print it or set it into a page; 0 says nothing.</param>
    public static byte[] Encode(Raster picture, double dotsPerInch = 0)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using MemoryStream file = new();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = BitDepth;
        header[9] = picture.Channels == 1 ? Grey : Colour;
        WriteChunk(file, "IHDR"u8, header);
        if (dotsPerInch > 0)
        {
            Span<byte> perMetre = stackalloc byte[9];
            BinaryPrimitives.WriteInt32BigEndian(perMetre, (int)Math.Round(dotsPerInch / MetresPerInch));
            perMetre[..4].CopyTo(perMetre[4..]);
            perMetre[8] = Metre;
            WriteChunk(file, "pHYs"u8, perMetre);
        }
        WriteChunk(file, "IDAT"u8, Deflate(picture));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Each row is preceded by the number of its filter: 0, as it is.
    private static byte[] Deflate(Raster picture)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Optimal))
        {
            int length = picture.Width * picture.Channels;
            for (int y = 0; y < picture.Height; y++)
            {
                stream.WriteByte(0);
                stream.Write(picture.Samples.Span.Slice(y * length, length));
            }
        }
        return packed.ToArray();
    }

    // Length of the data, type, data, checksum of type and data.
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        byte[] chunk = [.. type, .. data];
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32Stream.Of(chunk));
        file.Write(word);
    }
}
