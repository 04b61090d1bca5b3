using System.Text;

namespace Attractor.Data;

/// <summary>A table whose columns have types and are read in batches of rows, column by column.</summary>
internal abstract class BatchTable : TableReader
{
    private readonly TableField[] _fields;
    private readonly TimeOrigin?[] _origins;
    private readonly double[]?[] _numbers;
    private readonly string?[]?[] _texts;
    private byte[] _utf8 = new byte[256];
    private HashSet<int>? _selected;
    private int _row = -1, _rows;

    /// <param name="fields">The columns.</param>
    /// <param name="budget">What batches may take of memory; null where they have been counted.</param>
    protected BatchTable(IEnumerable<TableField> fields, FileBudget? budget = null)
    {
        Budget = budget;
        _fields = [.. fields];
        Names = [.. _fields.Select(field => field.Name)];
        _origins = new TimeOrigin?[_fields.Length];
        _numbers = new double[]?[_fields.Length];
        _texts = new string?[]?[_fields.Length];
    }

    public override IReadOnlyList<string> Names { get; }

    internal override FileBudget? Budget { get; }

    /// <summary>The columns.</summary>
    protected IReadOnlyList<TableField> Fields => _fields;

    // pandas writes an index that has no name under this one.
    internal override bool IsUnnamed(int column) => Names[column].StartsWith("__index_level_", StringComparison.Ordinal);

    internal override string? Fault(int column) => _fields[column].Fault;

    internal override bool IsTime(int column) => _fields[column].Cells == CellKind.Time;

    public override bool IsText(int column) => _fields[column].Cells != CellKind.Number;

    public override double Number(int column) => _numbers[column] is { } values ? values[_row] : double.NaN;

    internal override double Seconds(int column) => Number(column);

    public override ReadOnlySpan<byte> Text(int column)
    {
        string? text = IsTime(column)
            ? double.IsNaN(Number(column)) ? null : _origins[column]!.Text(Number(column))
            : _texts[column]?[_row];
        if (string.IsNullOrEmpty(text))
            return default;
        if (_utf8.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
            _utf8 = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8));
    }

    public override void Select(IReadOnlyList<int> columns) => _selected = [.. columns];

    /// <summary>Goes to the next batch, if there is one, and fills it by the methods below for the columns that are wanted.</summary>
    /// <returns>Its rows; null at the end.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    protected abstract int? NextBatch();

    /// <summary>Whether a column can be read and is asked for.</summary>
    protected bool IsWanted(int column) => _fields[column].Fault is null && _selected?.Contains(column) != false;

    /// <summary>Where the numbers of a column in the batch go, at the front; at least as many as there are rows.</summary>
    protected double[] Numbers(int column, int rows)
    {
        if (_numbers[column] is { } kept && kept.Length >= rows)
            return kept;
        Budget?.Take((Int128)rows * sizeof(double));
        return _numbers[column] = GC.AllocateUninitializedArray<double>(rows);
    }

    /// <summary>The numbers of a column in the batch, NaN where they are missing.</summary>
    protected void SetNumbers(int column, double[] values) => _numbers[column] = values;

    /// <summary>The text of a column in the batch, null where it is missing.</summary>
    protected void SetText(int column, string?[] values) => _texts[column] = values;

    /// <summary>The instants of a column in the batch.</summary>
    /// <param name="column">Which.</param>
    /// <param name="values">Units since 1970, or since midnight; null where they are missing.</param>
    /// <param name="rows">How many.</param>
    /// <param name="perSecond">Units in a second.</param>
    protected void SetTimes(int column, Func<int, long?> values, int rows, long perSecond)
    {
        TimeOrigin origin = _origins[column] ??= new(perSecond);
        double[] seconds = Numbers(column, rows);
        for (int t = 0; t < rows; t++)
            seconds[t] = values(t) is { } value ? origin.Seconds(value) : double.NaN;
    }

    /// <summary>The values of all rows, row by row; null where a column is not of numbers, or there are none or too many of them.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal double[]? TryValues()
    {
        int columns = _fields.Length;
        if (Array.Exists(_fields, field => field.Cells != CellKind.Number || field.Fault is not null)
            || Rows is not { } all || all <= 0 || (Int128)all * columns > SeriesFile.MaxValues)
            return null;
        Select([.. Enumerable.Range(0, columns)]);
        Budget?.TakeValues(all, columns);
        double[] values = GC.AllocateUninitializedArray<double>((int)all * columns);
        int count = 0;
        while (NextBatch() is { } rows)
        {
            if (rows > (values.Length / columns) - count)
                throw new InvalidDataException($"damaged: it states {all} rows, and has more");
            ByRows(rows, values.AsSpan(count * columns, rows * columns));
            count += rows;
        }
        return count == all ? values : throw new InvalidDataException($"damaged: it states {all} rows, and has {count}");
    }

    // Some rows of all columns at a time: what is written stays in the cache.
    private void ByRows(int rows, Span<double> values)
    {
        const int Tile = 256;
        int columns = _fields.Length;
        for (int first = 0; first < rows; first += Tile)
            for (int n = 0; n < columns; n++)
            {
                ReadOnlySpan<double> column = _numbers[n].AsSpan(first, Math.Min(Tile, rows - first));
                for (int t = 0, at = (first * columns) + n; t < column.Length; t++, at += columns)
                    values[at] = column[t];
            }
    }

    protected override bool Advance()
    {
        if (++_row < _rows)
            return true;
        do
        {
            if (NextBatch() is not { } rows)
                return false;
            (_row, _rows) = (0, rows);
        }
        while (_rows == 0);
        return true;
    }
}
