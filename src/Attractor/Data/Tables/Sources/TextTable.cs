namespace Attractor.Data;

/// <summary>The rows of a file of text.</summary>
internal sealed class TextTable : TableReader
{
    private readonly Stream _file;
    private readonly CsvRows _rows;

    /// <exception cref="InvalidDataException">The file holds no row.</exception>
    public TextTable(Stream file)
    {
        _file = file;
        _rows = CsvRows.OfAnything(file, MostColumns);
        Names = _rows.Names ?? ColumnSelection.Numbered(_rows.Columns);
    }

    public override IReadOnlyList<string> Names { get; }

    internal override FormattableString? Note => _rows.Note;

    internal override FileBudget? Budget => field ??= FileBudget.Of(_file);

    internal override string NamesHint => _rows.Names is null ? "; a first line with numbers is a row, not a header" : "";

    /// <summary>The values of all rows, where the file holds nothing else; afterwards there are no rows to read.</summary>
    internal double[]? TryValues() => _rows.TryValues(_file);

    internal override bool HasHeader => _rows.Names is not null;

    internal override bool IsUnnamed(int column) => _rows.IsUnnamed(column);

    public override bool IsText(int column) => true;

    internal override bool TryNumber(int column, out double value) => _rows.TryNumber(column, out value);

    public override ReadOnlySpan<byte> Text(int column) => _rows.Cell(column);

    public override string Place(int column) => _rows.Place(column);

    internal override InvalidDataException NotANumber(int column) => _rows.NotANumber(column);

    protected override bool Advance() => _rows.Read();

    protected override void Dispose(bool disposing)
    {
        _rows.Dispose();
        base.Dispose(disposing);
    }
}
