using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Attractor.Data;

/// <summary>The rows of an Arrow file, a batch of them at a time.</summary>
internal sealed class ArrowTable : BatchTable
{
    // Beside its characters a string takes as much.
    private const int StringHead = 22;

    private readonly ArrowFileReader _reader;
    private readonly IReadOnlyList<Field> _columns;
    private long _read;

    private ArrowTable(ArrowFileReader reader, FileBudget budget, long rows)
        : base(reader.Schema.FieldsList.Select(Described), budget)
        => (_reader, _columns, Rows) = (reader, reader.Schema.FieldsList, rows);

    public override long? Rows { get; }

    /// <summary>Opens a file.</summary>
    public static ArrowTable Open(Stream file)
    {
        GuardedStream guarded = new(file);
        FileBudget budget = FileBudget.Of(file);
        long rows = ArrowBounds.Check(guarded);
        ArrowFileReader reader = new(guarded, new ArrowMemory(budget), new CompressionCodecFactory(), leaveOpen: true);
        return reader.Schema is not null
            ? new(reader, budget, rows)
            : throw new InvalidDataException("the Arrow file does not say its columns");
    }

    protected override int? NextBatch() => FileLimits.Guarded("the Arrow file", () =>
    {
        using RecordBatch? batch = _reader.ReadNextRecordBatch();
        if (batch is null)
            return (int?)null;
        FileLimits.RequireCount(_read += batch.Length, _columns.Count);
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
                // What is not there is noticed before memory is taken for it.
                if (array is BooleanArray truths && rows > 0)
                    _ = truths.GetValue(rows - 1);
                Numbers(array, Numbers(column, rows).AsSpan(0, rows));
                break;
        }
    }

    private static void Numbers(IArrowArray array, Span<double> rows)
    {
        switch (array)
        {
            case PrimitiveArray<double> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<float> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<Half> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<sbyte> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<short> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<int> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<long> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<byte> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<ushort> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<uint> values:
                Convert(values, rows);
                break;
            case PrimitiveArray<ulong> values:
                Convert(values, rows);
                break;
            case BooleanArray values:
                for (int t = 0; t < rows.Length; t++)
                    rows[t] = values.GetValue(t) is { } on ? on ? 1 : 0 : double.NaN;
                break;
            default:
                rows.Fill(double.NaN);
                break;
        }
    }

    private static void Convert<T>(PrimitiveArray<T> array, Span<double> rows) where T : struct, INumberBase<T>, IEquatable<T>
    {
        DoubleValues.Copy(array.Values, rows);
        if (array.NullCount != 0)
            for (int t = 0; t < rows.Length; t++)
                if (array.IsNull(t))
                    rows[t] = double.NaN;
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
            Budget!.Take((Int128)array.Length * (sizeof(double) + nint.Size));
            double[] rows = new double[array.Length];
            Numbers(dictionary.Indices, rows);
            return System.Array.ConvertAll(rows, row => row >= 0 && row < levels.Length ? levels[(int)row] : null);
        }
        // What is not there is noticed before memory is taken for it; cells may share their bytes, so that a few are many.
        if (array.Length > 0)
            _ = Cell(array, array.Length - 1);
        Budget!.Take((Int128)array.Length * nint.Size);
        string?[] text = new string?[array.Length];
        for (int t = 0; t < text.Length; t++)
        {
            text[t] = Cell(array, t);
            if (text[t] is { Length: > 0 } cell)
                Budget.Take(sizeof(char) * cell.Length + StringHead);
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
