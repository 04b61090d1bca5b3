using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Attractor.Tests.Data.Formats;

/// <summary>A .mat file of version 5, element by element.</summary>
internal sealed class MatlabFile(bool bigEndian = false, bool packed = false)
{
    private readonly List<byte> _elements = [];

    public MatlabFile Add(string name, int[] shape, double[] byColumns, int kind = 6, int storage = 9, uint flags = 0)
    {
        MemoryStream body = new();
        Element(body, 6, [.. UInt32((uint)kind | flags), .. UInt32(0)]);
        Element(body, 5, [.. shape.SelectMany(size => UInt32((uint)size))]);
        Element(body, 1, Encoding.ASCII.GetBytes(name));
        Element(body, storage, [.. byColumns.SelectMany(value => Value(value, storage))]);
        MemoryStream matrix = new();
        Tag(matrix, 14, (uint)body.Length);
        matrix.Write(body.ToArray());
        if (!packed)
        {
            _elements.AddRange(matrix.ToArray());
            return this;
        }
        MemoryStream zipped = new();
        using (ZLibStream stream = new(zipped, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(matrix.ToArray());
        MemoryStream element = new();
        Tag(element, 15, (uint)zipped.Length);
        element.Write(zipped.ToArray());
        _elements.AddRange(element.ToArray());
        return this;
    }

    public byte[] ToArray()
    {
        byte[] header = new byte[128];
        header.AsSpan(0, 116).Fill((byte)' ');
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written for a test").CopyTo(header, 0);
        header[124] = bigEndian ? (byte)1 : (byte)0;
        header[125] = bigEndian ? (byte)0 : (byte)1;
        header[126] = bigEndian ? (byte)'M' : (byte)'I';
        header[127] = bigEndian ? (byte)'I' : (byte)'M';
        return [.. header, .. _elements];
    }

    // An element of up to four bytes stands within its tag.
    private void Element(MemoryStream stream, int type, byte[] bytes)
    {
        if (bytes.Length is > 0 and <= 4)
        {
            stream.Write(UInt32((uint)(bytes.Length << 16) | (uint)type));
            stream.Write([.. bytes, .. new byte[4 - bytes.Length]]);
            return;
        }
        Tag(stream, type, (uint)bytes.Length);
        stream.Write([.. bytes, .. new byte[(8 - (bytes.Length % 8)) % 8]]);
    }

    private void Tag(MemoryStream stream, int type, uint length)
    {
        stream.Write(UInt32((uint)type));
        stream.Write(UInt32(length));
    }

    private byte[] Value(double value, int storage)
    {
        byte[] bytes = storage switch
        {
            2 => [(byte)value],
            3 => BitConverter.GetBytes((short)value),
            7 => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes(value),
        };
        return bigEndian ? [.. bytes.Reverse()] : bytes;
    }

    private byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        if (bigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
