namespace Attractor.Data;

/// <summary>
/// The rows of words at the start of a sheet: a title above the table, one row of names, or two or three that are names together, such as
/// units, or names under a merged cell.
/// </summary>
internal sealed class ExcelHeader
{
    private const int MostRows = 3;

    private readonly List<(object?[] Cells, int Line)> _rows = [];

    /// <summary>Columns that it leaves without a name.</summary>
    public HashSet<int> Unnamed { get; } = [];

    /// <summary>Whether it has taken any.</summary>
    public bool HasRows => _rows.Count > 0;

    /// <summary>Takes a row if it may belong to it.</summary>
    public bool Takes(object?[] cells, int line)
    {
        if (!Array.TrueForAll(cells, cell => cell is null or string))
            return false;
        // A title: one cell, above a row of more.
        if (_rows.Count == 1 && Filled(_rows[0].Cells) == 1 && Filled(cells) > 1)
            _rows.Clear();
        if (_rows.Count == MostRows)
            return false;
        _rows.Add((cells, line));
        return true;
    }

    /// <summary>The columns, and those of the rows taken that turned out to be rows of the table.</summary>
    /// <param name="first">The first row that is no header; empty if there is none.</param>
    /// <param name="line">Its place in the sheet.</param>
    public (List<CellColumn> Columns, List<(object?[] Cells, int Line)> Rows) Columns(object?[] first, int line)
    {
        // Rows are names together if numbers follow in each of their columns; else the first alone is.
        bool areNames = _rows.Skip(1).All(row => Enumerable.Range(0, row.Cells.Length).All(
            i => Name(row.Cells[i]) is null || (i < first.Length && first[i] is not (null or string))));
        List<(object?[] Cells, int Line)> names = _rows[..(areNames ? _rows.Count : Math.Min(1, _rows.Count))], rows = _rows[names.Count..];
        int width = names.Count > 0 && rows.Count == 0 ? Math.Max(first.Length, names.Max(row => row.Cells.Length))
            : names.Count > 0 ? names.Max(row => row.Cells.Length) : first.Length;
        List<CellColumn> columns = [];
        for (int i = 0; i < width; i++)
        {
            string name = string.Join(' ', names.Select(row => i < row.Cells.Length ? Name(row.Cells[i]) : null).OfType<string>());
            if (names.Count > 0 && name.Length == 0)
                Unnamed.Add(i);
            columns.Add(new(name.Length == 0 ? FormattableString.Invariant($"x{i + 1}") : name));
        }
        return (columns, rows);
    }

    private static int Filled(object?[] cells) => cells.Count(cell => Name(cell) is not null);

    private static string? Name(object? cell) => cell is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
