namespace Attractor.Data;

/// <summary>A table in a file, read once, row by row from front to back: what a format opens.</summary>
/// <remarks>
/// The cells of a column are numbers or text, throughout. Those of the present row are asked for by their column, those of
/// columns that nobody wants never: a format that stores columns apart need not read them.
/// </remarks>
public abstract class TableReader : IDisposable
{
    /// <summary>The most columns a table may have: a row of them fits in a few megabytes.</summary>
    public const int MostColumns = 1 << 16;

    /// <summary>The names of the columns, x1, x2, ... where the file has none.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The rows there are, where the file says so.</summary>
    public virtual long? Rows => null;

    /// <summary>Time between two rows, where the file says so.</summary>
    public virtual double? TimeStep => null;

    /// <summary>Bytes of the file read so far, for reports of progress; null where that is the position of the stream.</summary>
    public virtual long? BytesRead => null;

    /// <summary>The present row, counting from 0; -1 before the first.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>Rows read in one go, after which a block of them ends; null where that depends on the bytes gone by.</summary>
    internal virtual int? BlockLength => null;

    /// <summary>What to add where a column is not found, as the end of a sentence.</summary>
    internal virtual string NamesHint => "";

    /// <summary>Whether the names are those of the file, not numbers that the reader gave.</summary>
    internal virtual bool HasHeader => !ColumnSelection.IsNumbered(Names);

    /// <summary>Whether the file names its columns, but not this one.</summary>
    internal virtual bool IsUnnamed(int column) => false;

    /// <summary>What else is to be said of what was taken.</summary>
    internal virtual FormattableString? Note => null;

    /// <summary>What may be taken of memory for its rows; null where they have been counted.</summary>
    internal virtual FileBudget? Budget => null;

    /// <summary>Why a column cannot be read, and how to mend it; null if it can be.</summary>
    internal virtual string? Fault(int column) => null;

    /// <summary>Whether the cells of a column, which is one of text then, are instants.</summary>
    internal virtual bool IsTime(int column) => false;

    /// <summary>Seconds from the first instant of a column to that in the present row; NaN if it is missing.</summary>
    internal virtual double Seconds(int column) => double.NaN;

    /// <summary>Says once, before the first row, which columns will be asked for.</summary>
    /// <param name="columns">Their positions, counting from 0.</param>
    public virtual void Select(IReadOnlyList<int> columns)
    {
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Read()
    {
        if (!Advance())
            return false;
        Row++;
        return true;
    }

    /// <summary>Whether the cells of a column are text.</summary>
    public abstract bool IsText(int column);

    /// <summary>The cell of a column of numbers in the present row; NaN if it is missing.</summary>
    public virtual double Number(int column) => throw new NotSupportedException($"{GetType().Name} has no columns of numbers.");

    /// <summary>
    /// The cell of a column of text in the present row, as UTF-8 that is valid until the next row; empty if it is missing.
    /// </summary>
    public virtual ReadOnlySpan<byte> Text(int column) => throw new NotSupportedException($"{GetType().Name} has no columns of text.");

    /// <summary>The number that a cell of text in the present row is; NaN if it is missing.</summary>
    /// <returns>Whether it is one.</returns>
    internal virtual bool TryNumber(int column, out double value) => CsvNumber.TryParse(Text(column), out value);

    /// <summary>Where a cell of the present row is, in words.</summary>
    public virtual string Place(int column) => $"row {Row} (counting from 0), column '{Excerpt.Of(Names[column].AsSpan())}'";

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes to the next row of the file.</summary>
    /// <returns>Whether there is one.</returns>
    protected abstract bool Advance();

    /// <summary>Frees what the reader holds; the stream is not its own.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>That a cell of the present row is no number, and how to mend it.</summary>
    internal virtual InvalidDataException NotANumber(int column)
        => new(Fault(column) is { } fault
            ? $"column '{Excerpt.Of(Names[column].AsSpan())}': {fault}"
            : $"{Place(column)}: '{Excerpt.Of(Text(column))}' is not a number; leave a missing value empty, "
            + "or name the columns that are wanted");

    /// <summary>The number of columns.</summary>
    /// <exception cref="InvalidDataException">There is none, or there are too many.</exception>
    internal int RequireColumns() => Names.Count is > 0 and <= MostColumns
        ? Names.Count
        : throw new InvalidDataException(
            $"{Names.Count} columns, expected 1 to {MostColumns}; a row is a case, a column a variable");
}
