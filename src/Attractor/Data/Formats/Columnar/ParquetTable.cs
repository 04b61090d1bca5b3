using System.Numerics;
using Attractor.Numerics;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Attractor.Data;

/// <summary>The rows of a Parquet file, a group of them at a time.</summary>
internal sealed class ParquetTable : BatchTable
{
    // Of all columns together, so that they stay in the cache until they are put into rows.
    private const int BatchValues = 1 << 18, LeastRows = 16;

    private readonly Stream _file;
    private readonly SharedFile _shared;
    private readonly ParquetReader _reader;
    private readonly DataField?[] _columns;
    private ParquetColumn[] _open = [];
    private int[] _places = [];
    private int _group, _left;

    private ParquetTable(Stream file, FileBudget budget, ParquetReader reader, long rows)
        : base(reader.Schema.Fields.Select(Described), budget)
    {
        (_file, _shared, _reader, Rows) = (file, new(file), reader, rows);
        _columns = [.. reader.Schema.Fields.Select(field => field as DataField)];
    }

    public override long? Rows { get; }

    /// <summary>Opens a file.</summary>
    public static ParquetTable Open(Stream file)
    {
        GuardedStream guarded = new(file);
        ParquetBounds.CheckFooter(guarded);
        ParquetOptions options = new() { UseDateOnlyTypeForDates = true };
        ParquetReader reader = ParquetReader.CreateAsync(guarded, options, leaveStreamOpen: true).GetAwaiter().GetResult();
        if (reader.Metadata is not { } metadata)
            throw new InvalidDataException("the Parquet file is damaged: it does not say what it holds");
        return new(file, FileBudget.Of(file), reader, ParquetBounds.CheckGroups(metadata, reader.Schema.Fields.Count));
    }

    // A part of a group where all of its columns are numbers that are read here, else a group.
    protected override int? NextBatch() => FileLimits.Guarded("the Parquet file", () =>
    {
        while (_left == 0)
        {
            if (_group >= _reader.RowGroupCount)
                return (int?)null;
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(_group++);
            if (!TryOpen(group, out int rows))
                return rows;
        }
        int count = Math.Min(_left, Math.Max(LeastRows, BatchValues / _open.Length));
        double[][] columns = [.. _places.Select(place => Numbers(place, count))];
        Concurrent.For(_open.Length, i => _open[i].Read(columns[i].AsSpan(0, count)), CancellationToken.None);
        _left -= count;
        return count;
    });

    // Whether the columns of a group are open to be read in parts; otherwise they have been read.
    private bool TryOpen(ParquetRowGroupReader group, out int rows)
    {
        rows = checked((int)group.RowCount);
        List<ParquetColumn> open = [];
        List<int> places = [], others = [];
        List<ColumnChunk> chunks = [];
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is not { } field || !IsWanted(i))
                continue;
            ColumnChunk chunk = group.GetMetadata(field)
                ?? throw new InvalidDataException($"the Parquet file lacks the column '{field.Name}'");
            IReadOnlyList<ParquetPage> pages = ParquetBounds.Pages(chunk, rows, _file);
            if (ParquetColumn.Knows(chunk, field, pages))
            {
                open.Add(new(_shared, chunk, field, pages, Budget!));
                places.Add(i);
            }
            else
            {
                Budget!.Take(pages.Sum(page => (long)page.Unpacked + page.Packed));
                others.Add(i);
                chunks.Add(chunk);
            }
        }
        if (others.Count == 0 && open.Count > 0)
        {
            (_open, _places, _left) = ([.. open], [.. places], rows);
            return true;
        }
        for (int i = 0; i < open.Count; i++)
            open[i].Read(Numbers(places[i], rows).AsSpan(0, rows));
        for (int i = 0; i < others.Count; i++)
            Read(group, _columns[others[i]]!, chunks[i], others[i], rows);
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private static TableField Described(Field field)
    {
        if (field is not DataField data || data.IsArray || data.MaxRepetitionLevel > 0 || data.MaxDefinitionLevel > 1)
            return new(
                field.Name, CellKind.Number,
                "holds lists or records; write each part as a column of its own, or name other columns");
        System.Type type = data.ClrType;
        if (IsText(type))
            return new(field.Name, CellKind.Text);
        if (type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeSpan) || type == typeof(TimeOnly))
            return new(field.Name, CellKind.Time);
        return new(field.Name, CellKind.Number, IsNumber(type) ? null : "holds bytes, expected numbers; name other columns");
    }

    private static bool IsText(System.Type type) => type == typeof(string) || type == typeof(ReadOnlyMemory<char>);

    private static bool IsNumber(System.Type type)
        => type == typeof(double) || type == typeof(float) || type == typeof(int) || type == typeof(long) || type == typeof(short)
            || type == typeof(sbyte) || type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong)
            || type == typeof(bool) || type == typeof(decimal) || type == typeof(Half);

    private void Read(ParquetRowGroupReader group, DataField field, ColumnChunk chunk, int column, int rows)
    {
        // As the library hands them over, with a level each, and as numbers.
        Budget!.Take((Int128)rows * (sizeof(int) + (3 * sizeof(double))));
        System.Type type = field.ClrType;
        if (IsText(type))
            SetText(column, Text(group, field, chunk, rows));
        else if (type == typeof(DateTime))
            Times<DateTime>(group, field, column, rows, time => time.Ticks - DateTime.UnixEpoch.Ticks);
        else if (type == typeof(DateOnly))
            Times<DateOnly>(group, field, column, rows, day => (day.DayNumber - 719_162L) * TimeSpan.TicksPerDay);
        else if (type == typeof(TimeSpan))
            Times<TimeSpan>(group, field, column, rows, span => span.Ticks);
        else if (type == typeof(TimeOnly))
            Times<TimeOnly>(group, field, column, rows, time => time.Ticks);
        else
            SetNumbers(column, Numbers(group, field, rows));
    }

    private static double[] Numbers(ParquetRowGroupReader group, DataField field, int rows)
    {
        System.Type type = field.ClrType;
        return type == typeof(double) ? Converted<double>(group, field, rows)
            : type == typeof(float) ? Converted<float>(group, field, rows)
            : type == typeof(int) ? Converted<int>(group, field, rows)
            : type == typeof(long) ? Converted<long>(group, field, rows)
            : type == typeof(short) ? Converted<short>(group, field, rows)
            : type == typeof(sbyte) ? Converted<sbyte>(group, field, rows)
            : type == typeof(byte) ? Converted<byte>(group, field, rows)
            : type == typeof(ushort) ? Converted<ushort>(group, field, rows)
            : type == typeof(uint) ? Converted<uint>(group, field, rows)
            : type == typeof(ulong) ? Converted<ulong>(group, field, rows)
            : type == typeof(decimal) ? Converted<decimal>(group, field, rows)
            : type == typeof(Half) ? Converted<Half>(group, field, rows)
            : Truth(group, field, rows);
    }

    private static double[] Converted<T>(ParquetRowGroupReader group, DataField field, int rows) where T : struct, INumberBase<T>
    {
        (T[] values, int[]? levels) = Raw<T>(group, field, rows);
        return Spread(values as double[] ?? DoubleValues.Of<T>(values), levels);
    }

    private static double[] Truth(ParquetRowGroupReader group, DataField field, int rows)
    {
        (bool[] values, int[]? levels) = Raw<bool>(group, field, rows);
        return Spread(Array.ConvertAll(values, value => value ? 1.0 : 0), levels);
    }

    // Values that are there stand at the front; a level of 0 says that one is missing.
    private static double[] Spread(double[] values, int[]? levels)
    {
        if (levels is null || !levels.AsSpan().Contains(0))
            return values;
        double[] spread = new double[values.Length];
        for (int t = 0, next = 0; t < spread.Length; t++)
            spread[t] = levels[t] == 0 ? double.NaN : values[next++];
        return spread;
    }

    private void Times<T>(ParquetRowGroupReader group, DataField field, int column, int rows, Func<T, long> ticks) where T : struct
    {
        (T[] values, int[]? levels) = Raw<T>(group, field, rows);
        int next = 0;
        SetTimes(column, t => levels is not null && levels[t] == 0 ? null : ticks(values[next++]), rows, TimeSpan.TicksPerSecond);
    }

    private static (T[] Values, int[]? Levels) Raw<T>(ParquetRowGroupReader group, DataField field, int rows) where T : struct
    {
        T[] values = new T[rows];
        int[]? levels = field.MaxDefinitionLevel > 0 ? new int[rows] : null;
        group.ReadRawAsync<T>(field, values, levels is null ? (Memory<int>?)null : levels, null).AsTask().GetAwaiter().GetResult();
        return (values, levels);
    }

    private static string?[] Text(ParquetRowGroupReader group, DataField field, ColumnChunk chunk, int rows)
    {
        // There, few bytes may be many long cells.
        if (chunk.MetaData!.Encodings.Contains(Encoding.DELTA_BYTE_ARRAY))
            throw new InvalidDataException(
                $"the column '{Excerpt.Of(field.Name.AsSpan())}' of text is packed as DELTA_BYTE_ARRAY, which is not read; "
                + "name other columns");
        string?[] values = new string?[rows];
        group.ReadAsync(field, values.AsMemory()!).AsTask().GetAwaiter().GetResult();
        return values;
    }
}
