using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>
/// The packed sizes of the parts of arrays, which HDF5 keeps in the nodes of trees: each node begins with TREE, its kind, its level and
/// the number of its entries, and an entry with the bytes that a part takes, after the published description of the format.
/// </summary>
internal static class Hdf5Chunks
{
    private const int ScanLength = 1 << 20, NodeHead = 24, Word = 8;
    private const byte ChunkTree = 1;

    /// <summary>That no part takes more bytes than there are.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ranks">The dimensions of the arrays that are stored in parts.</param>
    /// <exception cref="InvalidDataException">One does.</exception>
    public static void Check(Stream file, IReadOnlySet<int> ranks)
    {
        byte[] buffer = new byte[ScanLength];
        ReadOnlySpan<byte> node = [.. "TREE"u8, ChunkTree];
        for (long start = 0; start < file.Length; start += ScanLength - node.Length)
        {
            file.Position = start;
            ReadOnlySpan<byte> window = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            for (int at = 0; window[at..].IndexOf(node) is >= 0 and var next; at += next + node.Length)
                CheckNode(file, start + at + next, ranks);
        }
    }

    private static void CheckNode(Stream file, long position, IReadOnlySet<int> ranks)
    {
        Span<byte> head = stackalloc byte[NodeHead];
        file.Position = position;
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return;
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        // Which array a node belongs to is not said in it.
        foreach (int rank in ranks)
            if (Fits(file, position + NodeHead, entries, Word + (Word * (rank + 1)) + Word))
                return;
        throw new InvalidDataException("the HDF5 file is damaged: a part of an array takes more bytes than there are");
    }

    private static bool Fits(Stream file, long first, int entries, int stride)
    {
        Span<byte> size = stackalloc byte[4];
        for (int i = 0; i < entries; i++)
        {
            if (first + ((long)i * stride) > file.Length - size.Length)
                return false;
            file.Position = first + ((long)i * stride);
            file.ReadExactly(size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(size) > file.Length)
                return false;
        }
        return true;
    }
}
