using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Parquet.Meta;
using Parquet.Schema;
using Type = Parquet.Meta.Type;

namespace Attractor.Data;

/// <summary>
/// The numbers of one column within a group of rows, from front to back, page by page: what nearly all files hold. Others the library
/// reads: see <see cref="Knows"/>.
/// </summary>
/// <remarks>Columns are read by several threads at once, each by one at a time.</remarks>
internal sealed class ParquetColumn
{
    private const int Tile = 1 << 12;

    private readonly SharedFile _file;
    private readonly FileBudget _budget;
    private readonly IReadOnlyList<ParquetPage> _pages;
    private readonly CompressionCodec _codec;
    private readonly Type _type;
    private readonly bool _isUnsigned, _mayLack;
    private readonly RunLengths _levels = new(), _numbers = new();
    private readonly int[] _present = new int[Tile], _indices = new int[Tile];
    private byte[] _packed = [], _bytes = [];
    private double[] _dictionary = [];
    private int _next, _left, _at, _end, _encoding, _bit, _stride, _dictionaryLength;

    /// <param name="file">The file.</param>
    /// <param name="chunk">The column within the group.</param>
    /// <param name="field">The column.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="budget">Memory for pages is taken of it.</param>
    public ParquetColumn(SharedFile file, ColumnChunk chunk, DataField field, IReadOnlyList<ParquetPage> pages, FileBudget budget)
    {
        (_file, _pages, _budget) = (file, pages, budget);
        (_codec, _type) = (chunk.MetaData!.Codec, chunk.MetaData.Type);
        _isUnsigned = field.ClrType == typeof(uint) || field.ClrType == typeof(ulong);
        _mayLack = field.MaxDefinitionLevel > 0;
    }

    /// <summary>Whether a column can be read here: numbers and truths, in the encodings and codecs that are used for them.</summary>
    public static bool Knows(ColumnChunk chunk, DataField field, IReadOnlyList<ParquetPage> pages)
    {
        System.Type type = field.ClrType;
        bool isKnown = chunk.MetaData!.Type switch
        {
            Type.DOUBLE => type == typeof(double),
            Type.FLOAT => type == typeof(float),
            Type.INT32 => type == typeof(int) || type == typeof(short) || type == typeof(sbyte) || type == typeof(byte)
                || type == typeof(ushort) || type == typeof(uint),
            Type.INT64 => type == typeof(long) || type == typeof(ulong),
            Type.BOOLEAN => type == typeof(bool),
            _ => false,
        };
        return isKnown && field.MaxDefinitionLevel <= 1 && field.MaxRepetitionLevel == 0 && ParquetCodec.Knows(chunk.MetaData.Codec)
            && pages.All(page => IsKnown(page, chunk.MetaData.Type));
    }

    private static bool IsKnown(ParquetPage page, Type type) => page.Levels >= 0 && page.Encoding switch
    {
        ParquetPage.Plain => type != Type.BOOLEAN || page.Kind != ParquetPage.Dictionary,
        ParquetPage.PlainDictionary or ParquetPage.DictionaryIndices or ParquetPage.SplitBytes => type != Type.BOOLEAN,
        ParquetPage.RunLengths => type == Type.BOOLEAN,
        _ => false,
    };

    /// <summary>The values of the next rows, NaN where they are missing.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public void Read(Span<double> rows)
    {
        while (rows.Length > 0)
        {
            if (_left == 0)
            {
                NextPage();
                continue;
            }
            Span<double> some = rows[..Math.Min(rows.Length, Math.Min(_left, _mayLack ? Tile : int.MaxValue))];
            if (_mayLack)
                Sparse(some);
            else
                Values(some);
            _left -= some.Length;
            rows = rows[some.Length..];
        }
    }

    // Values that are there stand one after the other; they are spread from the back, so that none is overwritten.
    private void Sparse(Span<double> rows)
    {
        Span<int> present = _present.AsSpan(0, rows.Length);
        _levels.Read(present);
        int count = 0;
        foreach (int level in present)
            count += level == 0 ? 0 : 1;
        Values(rows[..count]);
        if (count == rows.Length)
            return;
        for (int t = rows.Length - 1, next = count; t >= 0; t--)
            rows[t] = present[t] == 0 ? double.NaN : rows[--next];
    }

    private void Values(Span<double> rows)
    {
        switch (_encoding)
        {
            case ParquetPage.Plain when _type == Type.BOOLEAN:
                Bits(rows);
                break;
            case ParquetPage.Plain:
                _at += Plain(_bytes.AsSpan(_at, _end - _at), rows);
                break;
            case ParquetPage.SplitBytes:
                Split(rows);
                break;
            default:
                Indexed(rows);
                break;
        }
    }

    private void Indexed(Span<double> rows)
    {
        bool isTruth = _encoding == ParquetPage.RunLengths;
        ReadOnlySpan<double> dictionary = _dictionary.AsSpan(0, _dictionaryLength);
        while (rows.Length > 0)
        {
            Span<int> indices = _indices.AsSpan(0, Math.Min(Tile, rows.Length));
            _numbers.Read(indices);
            for (int t = 0; t < indices.Length; t++)
                rows[t] = isTruth ? indices[t] : (uint)indices[t] < (uint)dictionary.Length ? dictionary[indices[t]]
                    : throw Damaged($"the value {indices[t]} of a dictionary of {dictionary.Length}");
            rows = rows[indices.Length..];
        }
    }

    private void Bits(Span<double> rows)
    {
        if (8L * (_end - _at) - _bit < rows.Length)
            throw Damaged("a page ends before its values do");
        for (int t = 0; t < rows.Length; t++, _bit++)
            rows[t] = (_bytes[_at + (_bit >> 3)] >> (_bit & 7)) & 1;
    }

    // The first bytes of all values, then the second ones, and so on.
    private void Split(Span<double> rows)
    {
        int size = Size;
        if (rows.Length > _at + _stride - _bit)
            throw Damaged("a page ends before its values do");
        Span<byte> value = stackalloc byte[8];
        for (int t = 0; t < rows.Length; t++, _bit++)
        {
            for (int i = 0; i < size; i++)
                value[i] = _bytes[_bit + (i * _stride)];
            Plain(value[..size], rows.Slice(t, 1));
        }
    }

    private int Size => _type is Type.DOUBLE or Type.INT64 ? 8 : 4;

    // Returns how many bytes they took.
    private int Plain(ReadOnlySpan<byte> bytes, Span<double> rows)
    {
        if ((long)rows.Length * Size > bytes.Length)
            throw Damaged("a page ends before its values do");
        bytes = bytes[..(rows.Length * Size)];
        if (!BitConverter.IsLittleEndian)
            bytes = Reversed(bytes);
        switch (_type)
        {
            case Type.DOUBLE:
                bytes.CopyTo(MemoryMarshal.AsBytes(rows));
                break;
            case Type.FLOAT:
                Convert(MemoryMarshal.Cast<byte, float>(bytes), rows);
                break;
            case Type.INT32 when _isUnsigned:
                Convert(MemoryMarshal.Cast<byte, uint>(bytes), rows);
                break;
            case Type.INT32:
                Convert(MemoryMarshal.Cast<byte, int>(bytes), rows);
                break;
            case Type.INT64 when _isUnsigned:
                Convert(MemoryMarshal.Cast<byte, ulong>(bytes), rows);
                break;
            default:
                Convert(MemoryMarshal.Cast<byte, long>(bytes), rows);
                break;
        }
        return bytes.Length;
    }

    private byte[] Reversed(ReadOnlySpan<byte> bytes)
    {
        byte[] reversed = bytes.ToArray();
        for (int i = 0; i < reversed.Length; i += Size)
            reversed.AsSpan(i, Size).Reverse();
        return reversed;
    }

    private static void Convert<T>(ReadOnlySpan<T> values, Span<double> rows) where T : INumberBase<T>
    {
        for (int t = 0; t < rows.Length; t++)
            rows[t] = double.CreateTruncating(values[t]);
    }

    private void NextPage()
    {
        if (_next >= _pages.Count)
            throw Damaged("a column ends before its rows do");
        ParquetPage page = _pages[_next++];
        if (page.Kind is not (ParquetPage.Data or ParquetPage.Data2 or ParquetPage.Dictionary))
            return;
        Load(page);
        (_at, _end, _bit) = (0, page.Unpacked, 0);
        if (page.Kind == ParquetPage.Dictionary)
        {
            if (_dictionary.Length < page.Values)
            {
                _budget.Take((Int128)page.Values * sizeof(double));
                _dictionary = new double[page.Values];
            }
            Plain(_bytes.AsSpan(0, _end), _dictionary.AsSpan(0, page.Values));
            _dictionaryLength = page.Values;
            return;
        }
        if (page.Kind == ParquetPage.Data2)
        {
            _levels.Begin(_bytes, 0, page.Levels, 1);
            _at = page.Levels;
        }
        else if (_mayLack)
        {
            int length = Length();
            _levels.Begin(_bytes, _at, _at + length, 1);
            _at += length;
        }
        (_encoding, _left) = (page.Encoding, page.Values);
        if (_encoding is ParquetPage.PlainDictionary or ParquetPage.DictionaryIndices)
        {
            // A page of missing values alone may be empty.
            int width = _at < _end ? _bytes[_at++] : 0;
            _numbers.Begin(_bytes, _at, _end, width);
        }
        else if (_encoding == ParquetPage.RunLengths)
        {
            int length = Length();
            _numbers.Begin(_bytes, _at, _at + length, 1);
        }
        else if (_encoding == ParquetPage.SplitBytes)
        {
            _stride = (_end - _at) / Size;
            _bit = _at;
        }
    }

    // The bytes that follow, as a word before them says.
    private int Length()
    {
        uint length = _end - _at >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_at)) : uint.MaxValue;
        if (length > _end - _at - 4)
            throw Damaged($"a part of {length} bytes in a page of {_end}");
        _at += 4;
        return (int)length;
    }

    private void Load(ParquetPage page)
    {
        Grow(ref _bytes, page.Unpacked);
        bool isPacked = page.IsPacked && _codec != CompressionCodec.UNCOMPRESSED;
        if (!isPacked && page.Packed != page.Unpacked)
            throw Damaged($"a page of {page.Unpacked} bytes takes {page.Packed}");
        if (isPacked)
            Grow(ref _packed, page.Packed);
        byte[] read = isPacked ? _packed : _bytes;
        if (_file.Read(page.Position, read.AsSpan(0, page.Packed)) < page.Packed)
            throw Damaged("it is cut off");
        if (!isPacked)
            return;
        _packed.AsSpan(0, page.Levels).CopyTo(_bytes);
        ParquetCodec.Unpack(
            _codec, _packed, page.Levels, page.Packed - page.Levels, _bytes.AsSpan(page.Levels, page.Unpacked - page.Levels));
    }

    private void Grow(ref byte[] bytes, int length)
    {
        if (bytes.Length >= length + RunLengths.Padding)
            return;
        _budget.Take(length + RunLengths.Padding);
        bytes = new byte[length + RunLengths.Padding];
    }

    private static InvalidDataException Damaged(string what) => new($"the Parquet file is damaged: {what}");
}
