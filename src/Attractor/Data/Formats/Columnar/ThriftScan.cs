namespace Attractor.Data;

/// <summary>
/// Goes through a structure of Thrift's compact protocol, in which Parquet states what it holds, after the published description of the
/// protocol: that every length in it is within the bytes there are, before anyone takes memory for it.
/// </summary>
internal ref struct ThriftScan(ReadOnlySpan<byte> bytes)
{
    private const int DeepestNesting = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private Func<long, int, bool, bool>? _fits;

    /// <summary>Bytes gone through.</summary>
    public readonly int Position => _position;

    /// <summary>Goes through one structure of which it is known what its fields are.</summary>
    /// <param name="fits">Whether a field, by its path, may be of a type; or the elements of the list in it.</param>
    /// <param name="numbers">The whole numbers in it, and truths as 1 and 0, by the path of their fields, but those of lists.</param>
    /// <returns>Whether all of it is there and in order.</returns>
    public bool TryStruct(Func<long, int, bool, bool> fits, Action<long, long>? numbers = null)
    {
        _fits = fits;
        return Struct(0, 0, numbers);
    }

    private bool Struct(int depth, long path, Action<long, long>? numbers)
    {
        if (depth > DeepestNesting)
            return false;
        for (long field = 0; ;)
        {
            if (!Byte(out int head))
                return false;
            if (head == 0)
                return true;
            if (head >> 4 != 0)
                field += head >> 4;
            else if (Varint(out ulong id))
                field = ZigZag(id);
            else
                return false;
            // What lies deeper than a path can say is of no interest.
            long own = path < 0 || field is < 0 or > 99 || path > long.MaxValue / 1000 ? -1 : (path * 100) + field;
            if (_fits?.Invoke(own, head & 15, false) == false || !Value(head & 15, depth, own, numbers))
                return false;
        }
    }

    private bool Value(int type, int depth, long path, Action<long, long>? numbers)
    {
        switch (type)
        {
            case 1 or 2:
                numbers?.Invoke(path, type == 1 ? 1 : 0);
                return true;
            case 3:
                return Skip(1);
            case 4 or 5 or 6:
                if (!Varint(out ulong number))
                    return false;
                numbers?.Invoke(path, ZigZag(number));
                return true;
            case 7:
                return Skip(8);
            case 8:
                return Varint(out ulong length) && Skip(length);
            case 9 or 10:
                return List(depth, path);
            case 11:
                return Map(depth);
            case 12:
                return Struct(depth + 1, path, numbers);
            case 13:
                return Skip(16);
            default:
                return false;
        }
    }

    private bool List(int depth, long path)
    {
        if (!Byte(out int head))
            return false;
        ulong count = (ulong)(head >> 4);
        if (count == 15 && !Varint(out count))
            return false;
        // Every element takes a byte at least.
        if (count > (ulong)(_bytes.Length - _position))
            return false;
        return _fits?.Invoke(path, head & 15, true) != false && Elements(count, head & 15, depth, path);
    }

    private bool Map(int depth)
    {
        if (!Varint(out ulong count))
            return false;
        if (count == 0)
            return true;
        if (count > (ulong)(_bytes.Length - _position) || !Byte(out int types))
            return false;
        for (ulong i = 0; i < count; i++)
            if (!Elements(1, types >> 4, depth, -1) || !Elements(1, types & 15, depth, -1))
                return false;
        return true;
    }

    private bool Elements(ulong count, int type, int depth, long path)
    {
        if (depth > DeepestNesting)
            return false;
        for (ulong i = 0; i < count; i++)
            if (!(type is 1 or 2 ? Skip(1) : Value(type, depth + 1, path, null)))
                return false;
        return true;
    }

    private bool Byte(out int value)
    {
        value = _position < _bytes.Length ? _bytes[_position] : 0;
        return _position++ < _bytes.Length;
    }

    private bool Skip(ulong count)
    {
        if (count > (ulong)Math.Max(0, _bytes.Length - _position))
            return false;
        _position += (int)count;
        return true;
    }

    private bool Varint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (!Byte(out int next))
                return false;
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return true;
        }
        return false;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
