using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>
/// A table of FlatBuffers, in which Arrow states what it holds, after the published description of its layout. Offsets lead forward only,
/// so that no walk along them is without end; one that leads out of the bytes is an exception.
/// </summary>
internal readonly ref struct FlatTable(ReadOnlySpan<byte> bytes, int position)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The table that the bytes begin with.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new(bytes, Forward(bytes, 0));

    /// <summary>Where a field is; null if the table does not have it.</summary>
    public int? Find(int field)
    {
        int layout = checked(position - Int32(position)), entry = 4 + (2 * field);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[layout..]);
        // Fields beyond it would be whatever lies there.
        if (size > _bytes.Length - layout)
            throw new InvalidDataException($"damaged: a table of {size} bytes at byte {layout}");
        if (entry + 2 > size)
            return null;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(layout + entry)..]);
        return offset == 0 ? null : position + offset;
    }

    /// <summary>The table in a field.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        table = Find(field) is { } found ? new(_bytes, Forward(_bytes, found)) : default;
        return Find(field) is not null;
    }

    /// <summary>The elements of the vector in a field: where they start, and how many there are; none if there is no such field.</summary>
    /// <param name="field">Which.</param>
    /// <param name="size">Bytes of an element.</param>
    public (int Start, int Count) Vector(int field, int size)
    {
        if (Find(field) is not { } found)
            return default;
        int vector = Forward(_bytes, found), count = Int32(vector);
        return count < 0 || (long)count * size > _bytes.Length - vector - 4
            ? throw new InvalidDataException($"damaged: a list of {count} parts at byte {vector}")
            : (vector + 4, count);
    }

    /// <summary>The table that an element of a vector of tables is.</summary>
    /// <param name="element">Where the element is.</param>
    public FlatTable At(int element) => new(_bytes, Forward(_bytes, element));

    /// <summary>The whole number in a field, 0 if the table does not have it.</summary>
    public long Int64(int field) => Find(field) is { } found ? Int64At(found) : 0;

    /// <summary>The byte in a field, 0 if the table does not have it.</summary>
    public int Byte(int field) => Find(field) is { } found ? _bytes[found] : 0;

    /// <summary>The whole number at a place.</summary>
    public long Int64At(int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes[at..]);

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);

    private static int Forward(ReadOnlySpan<byte> bytes, int at)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return offset > 0 && offset < bytes.Length - at
            ? at + (int)offset
            : throw new InvalidDataException($"damaged: an offset of {offset} at byte {at}");
    }
}
