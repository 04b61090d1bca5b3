using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Attractor.Data;

/// <summary>The rows of an Arrow file, a batch of them at a time.</summary>
internal sealed class ArrowTable : BatchTable
{
    private readonly long _length;
    private readonly ArrowFileReader _reader;
    private readonly IReadOnlyList<Field> _columns;
    private long _rows;

    public ArrowTable(Stream file) : this(file.Length, Opened(file))
    {
    }

    private ArrowTable(long length, ArrowFileReader reader) : base(reader.Schema.FieldsList.Select(Described))
        => (_length, _reader, _columns) = (length, reader, reader.Schema.FieldsList);

    protected override int? NextBatch() => FileLimits.Guarded("the Arrow file", () =>
    {
        using RecordBatch? batch = _reader.ReadNextRecordBatch();
        if (batch is null)
            return (int?)null;
        FileLimits.RequireValues(_rows += batch.Length, _columns.Count, _length);
        FileLimits.RequireValues(batch.Length, 1, _length);
        for (int i = 0; i < _columns.Count; i++)
            if (IsWanted(i))
                Read(batch.Column(i), i, batch.Length);
        return batch.Length;
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
        base.Dispose(disposing);
    }

    private static ArrowFileReader Opened(Stream file)
    {
        GuardedStream guarded = new(file);
        ArrowBounds.Check(guarded);
        ArrowFileReader reader = new(guarded, new ArrowMemory(file.Length), new CompressionCodecFactory(), leaveOpen: true);
        return reader.Schema is not null ? reader : throw new InvalidDataException("the Arrow file does not say its columns");
    }

    private static TableField Described(Field field)
    {
        IArrowType type = field.DataType is DictionaryType dictionary ? dictionary.ValueType : field.DataType;
        return type.TypeId switch
        {
            ArrowTypeId.Timestamp or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Time32 or ArrowTypeId.Time64
                or ArrowTypeId.Duration when field.DataType == type => new(field.Name, CellKind.Time),
            ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => new(field.Name, CellKind.Text),
            ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16
                or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double
                or ArrowTypeId.Boolean or ArrowTypeId.Null when field.DataType == type => new(field.Name, CellKind.Number),
            _ => new(
                field.Name, CellKind.Number,
                $"holds {type.Name}, expected numbers, times or text; write it as numbers, or name other columns"),
        };
    }

    private void Read(IArrowArray array, int column, int rows)
    {
        if (array.Length != rows)
            throw new InvalidDataException($"the Arrow file is damaged: a column of {array.Length} rows among {rows}");
        switch (Fields[column].Cells)
        {
            case CellKind.Text:
                SetText(column, Text(array));
                break;
            case CellKind.Time:
                (Func<int, long?> times, long perSecond) = Times(array);
                _ = rows > 0 ? times(rows - 1) : null;
                SetTimes(column, times, rows, perSecond);
                break;
            default:
                SetNumbers(column, Numbers(array, rows));
                break;
        }
    }

    private static double[] Numbers(IArrowArray array, int rows) => array switch
    {
        PrimitiveArray<double> values => Converted(values),
        PrimitiveArray<float> values => Converted(values),
        PrimitiveArray<Half> values => Converted(values),
        PrimitiveArray<sbyte> values => Converted(values),
        PrimitiveArray<short> values => Converted(values),
        PrimitiveArray<int> values => Converted(values),
        PrimitiveArray<long> values => Converted(values),
        PrimitiveArray<byte> values => Converted(values),
        PrimitiveArray<ushort> values => Converted(values),
        PrimitiveArray<uint> values => Converted(values),
        PrimitiveArray<ulong> values => Converted(values),
        BooleanArray values => Truths(values, rows),
        _ => [.. Enumerable.Repeat(double.NaN, rows)],
    };

    private static double[] Truths(BooleanArray array, int rows)
    {
        // What is not there is noticed before memory is taken for it.
        _ = rows > 0 ? array.GetValue(rows - 1) : null;
        double[] numbers = new double[rows];
        for (int t = 0; t < rows; t++)
            numbers[t] = array.GetValue(t) is { } on ? on ? 1 : 0 : double.NaN;
        return numbers;
    }

    private static double[] Converted<T>(PrimitiveArray<T> array) where T : struct, INumberBase<T>, IEquatable<T>
    {
        double[] numbers = DoubleValues.Of(array.Values);
        if (array.NullCount != 0)
            for (int t = 0; t < numbers.Length; t++)
                if (array.IsNull(t))
                    numbers[t] = double.NaN;
        return numbers;
    }

    private static (Func<int, long?> Times, long PerSecond) Times(IArrowArray array) => array switch
    {
        TimestampArray times => (times.GetValue, PerSecond(((TimestampType)times.Data.DataType).Unit)),
        DurationArray times => (times.GetValue, PerSecond(((DurationType)times.Data.DataType).Unit)),
        Time64Array times => (times.GetValue, PerSecond(((Time64Type)times.Data.DataType).Unit)),
        Time32Array times => (t => times.GetValue(t), PerSecond(((Time32Type)times.Data.DataType).Unit)),
        Date32Array days => (t => days.GetValue(t) * 86_400L, 1),
        Date64Array days => (days.GetValue, 1000),
        _ => throw new InvalidDataException("the Arrow file is damaged: a column of times holds something else"),
    };

    private static long PerSecond(Apache.Arrow.Types.TimeUnit unit) => unit switch
    {
        Apache.Arrow.Types.TimeUnit.Second => 1,
        Apache.Arrow.Types.TimeUnit.Millisecond => 1000,
        Apache.Arrow.Types.TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };

    private string?[] Text(IArrowArray array)
    {
        if (array is DictionaryArray dictionary)
        {
            string?[] levels = Text(dictionary.Dictionary);
            double[] rows = Numbers(dictionary.Indices, array.Length);
            return System.Array.ConvertAll(rows, row => row >= 0 && row < levels.Length ? levels[(int)row] : null);
        }
        // What is not there is noticed before memory is taken for it; cells may share their bytes, so that a few are many.
        long characters = array.Length > 0 ? Cell(array, array.Length - 1)?.Length ?? 0 : 0;
        string?[] text = new string?[array.Length];
        for (int t = 0; t < text.Length; t++)
        {
            text[t] = Cell(array, t);
            FileLimits.RequireBytes(sizeof(char) * (characters += text[t]?.Length ?? 0), _length);
        }
        return text;
    }

    private static string? Cell(IArrowArray array, int row) => array switch
    {
        StringArray cells => cells.GetString(row),
        LargeStringArray cells => cells.GetString(row),
        StringViewArray cells => cells.GetString(row),
        _ => null,
    };
}
