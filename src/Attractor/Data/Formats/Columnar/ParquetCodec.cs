using System.IO.Compression;
using K4os.Compression.LZ4;
using Parquet.Meta;
using Snappier;

namespace Attractor.Data;

/// <summary>Unpacks pages of Parquet.</summary>
internal static class ParquetCodec
{
    /// <summary>Whether pages packed so are unpacked here.</summary>
    public static bool Knows(CompressionCodec codec) => codec is CompressionCodec.UNCOMPRESSED or CompressionCodec.SNAPPY
        or CompressionCodec.GZIP or CompressionCodec.BROTLI or CompressionCodec.ZSTD or CompressionCodec.LZ4_RAW;

    /// <summary>Unpacks bytes that fill a span to its end.</summary>
    /// <exception cref="InvalidDataException">They are fewer, or more, or damaged.</exception>
    public static void Unpack(CompressionCodec codec, byte[] packed, int start, int length, Span<byte> unpacked)
    {
        ReadOnlySpan<byte> bytes = packed.AsSpan(start, length);
        int count = codec switch
        {
            CompressionCodec.UNCOMPRESSED => Copied(bytes, unpacked),
            CompressionCodec.SNAPPY => unpacked.IsEmpty && bytes.IsEmpty ? 0 : Snappy.Decompress(bytes, unpacked),
            CompressionCodec.ZSTD => Zstandard(bytes, unpacked),
            CompressionCodec.LZ4_RAW => LZ4Codec.Decode(bytes, unpacked),
            CompressionCodec.BROTLI => BrotliDecoder.TryDecompress(bytes, unpacked, out int written) ? written : -1,
            _ => Gzipped(packed, start, length, unpacked),
        };
        if (count != unpacked.Length)
            throw new InvalidDataException($"the Parquet file is damaged: a page of {unpacked.Length} bytes does not unpack to as many");
    }

    private static int Copied(ReadOnlySpan<byte> bytes, Span<byte> unpacked)
    {
        if (bytes.Length == unpacked.Length)
            bytes.CopyTo(unpacked);
        return bytes.Length;
    }

    private static int Zstandard(ReadOnlySpan<byte> bytes, Span<byte> unpacked)
    {
        using ZstdSharp.Decompressor decompressor = new();
        return decompressor.Unwrap(bytes, unpacked);
    }

    private static int Gzipped(byte[] packed, int start, int length, Span<byte> unpacked)
    {
        using GZipStream stream = new(new MemoryStream(packed, start, length, writable: false), CompressionMode.Decompress);
        int count = stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
        return stream.ReadByte() < 0 ? count : -1;
    }
}
