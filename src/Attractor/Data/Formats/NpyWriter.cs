using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Attractor.Data;

/// <summary>Writes an array in NumPy's .npy format, version 1.0, row-major, little-endian.</summary>
internal static class NpyWriter
{
    private const int ChunkLength = 1 << 13;
    private const int Alignment = 64;

    /// <summary>Writes a series as an array of shape (T, N) of float64, or of float32 rounded to nearest.</summary>
    public static void Write(Stream stream, TimeSeries series, bool float32)
    {
        stream.Write(Header(
            $"{{'descr': '{(float32 ? "<f4" : "<f8")}', 'fortran_order': False, 'shape': ({series.Length}, {series.Dimension}), }}"));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkLength * sizeof(double));
        try
        {
            for (int first = 0; first < series.Values.Length; first += ChunkLength)
            {
                ReadOnlySpan<double> chunk = series.Values.Slice(first, Math.Min(ChunkLength, series.Values.Length - first));
                Span<byte> bytes = buffer.AsSpan(0, chunk.Length * (float32 ? sizeof(float) : sizeof(double)));
                if (float32)
                    TensorPrimitives.ConvertTruncating(chunk, MemoryMarshal.Cast<byte, float>(bytes));
                else
                    MemoryMarshal.AsBytes(chunk).CopyTo(bytes);
                if (!BitConverter.IsLittleEndian)
                    Reverse(bytes, float32);
                stream.Write(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Preamble and text together are padded to a multiple of 64 bytes, the last of them a line feed.
    private static byte[] Header(string text)
    {
        int unpadded = NpyHeader.Magic.Length + 2 + sizeof(ushort) + text.Length + 1;
        byte[] header = new byte[(unpadded + Alignment - 1) / Alignment * Alignment];
        header.AsSpan().Fill((byte)' ');
        NpyHeader.Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(header.Length - 10));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static void Reverse(Span<byte> bytes, bool float32)
    {
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
        Span<ulong> longWords = MemoryMarshal.Cast<byte, ulong>(bytes);
        if (float32)
            BinaryPrimitives.ReverseEndianness(words, words);
        else
            BinaryPrimitives.ReverseEndianness(longWords, longWords);
    }
}
