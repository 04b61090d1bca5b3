using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>
/// Whole numbers in runs of the same one, and in groups of eight packed to as many bits as the largest takes: Parquet's encoding of
/// levels, indices of a dictionary and truths, after the published description of the format.
/// </summary>
internal sealed class RunLengths
{
    /// <summary>Bytes that must lie behind the last one that is read.</summary>
    public const int Padding = 8;

    private const int WidestBits = 32;

    private byte[] _bytes = [];
    private int _at, _end, _width, _value;
    private long _run, _packed, _bit;

    /// <summary>Begins anew.</summary>
    /// <param name="bytes">With <see cref="Padding"/> more at its end.</param>
    /// <param name="start">Where the first run begins.</param>
    /// <param name="end">Where the last one ends.</param>
    /// <param name="width">Bits of a packed number.</param>
    /// <exception cref="InvalidDataException">There can be no so wide numbers.</exception>
    public void Begin(byte[] bytes, int start, int end, int width)
    {
        if (width is < 0 or > WidestBits)
            throw new InvalidDataException($"the Parquet file is damaged: numbers of {width} bits");
        (_bytes, _at, _end, _width, _run, _packed) = (bytes, start, end, width, 0, 0);
    }

    /// <summary>The next numbers.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void Read(Span<int> numbers)
    {
        while (numbers.Length > 0)
        {
            if (_run == 0 && _packed == 0)
                NextRun();
            int count = (int)Math.Min(numbers.Length, _run + _packed);
            if (_run > 0)
            {
                numbers[..count].Fill(_value);
                _run -= count;
            }
            else
            {
                Unpack(numbers[..count]);
                _packed -= count;
            }
            numbers = numbers[count..];
        }
    }

    private void NextRun()
    {
        while (_run == 0 && _packed == 0)
        {
            uint head = Varint();
            if ((head & 1) == 0)
            {
                _run = head >> 1;
                _value = 0;
                for (int i = 0; i < (_width + 7) / 8; i++)
                    _value |= Byte() << (8 * i);
                continue;
            }
            _packed = 8L * (head >> 1);
            _bit = 8L * _at;
            long bytes = (long)(head >> 1) * _width;
            // Of the last group only what is needed may be there.
            _packed = Math.Min(_packed, _width == 0 ? _packed : 8L * (_end - _at) / _width);
            _at = (int)Math.Min(_end, _at + bytes);
            if (_packed == 0 && head >> 1 != 0)
                throw Short();
        }
    }

    private void Unpack(Span<int> numbers)
    {
        ulong mask = (1UL << _width) - 1;
        byte[] bytes = _bytes;
        long bit = _bit;
        for (int i = 0; i < numbers.Length; i++, bit += _width)
            numbers[i] = (int)((BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan((int)(bit >> 3))) >> (int)(bit & 7)) & mask);
        _bit = bit;
    }

    private uint Varint()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int next = Byte();
            value |= (uint)(next & 127) << shift;
            if (next < 128)
                return value;
        }
        throw Short();
    }

    private int Byte() => _at < _end ? _bytes[_at++] : throw Short();

    private static InvalidDataException Short() => new("the Parquet file is damaged: a page ends before its values do");
}
