namespace Attractor.Data;

/// <summary>The rows of columns whose cells were read one by one.</summary>
/// <param name="columns">The columns, of the same length.</param>
/// <param name="place">Where a row is in the file, in words.</param>
internal class CellTable(IReadOnlyList<CellColumn> columns, Func<long, string> place) : BatchTable(columns.Select(column => column.Field))
{
    private bool _isRead;

    public override long? Rows => columns.Count == 0 ? 0 : columns[0].Count;

    public override string Place(int column) => $"{place(Row)}, column '{Excerpt.Of(Names[column].AsSpan())}'";

    protected override int? NextBatch()
    {
        if (_isRead)
            return null;
        _isRead = true;
        int rows = (int)Rows!.Value;
        for (int i = 0; i < columns.Count; i++)
        {
            if (!IsWanted(i))
                continue;
            if (Fields[i].Cells == CellKind.Number)
                SetNumbers(i, columns[i].Numbers());
            else if (Fields[i].Cells == CellKind.Time)
                SetTimes(i, columns[i].Time, rows, TimeSpan.TicksPerSecond);
            else
                SetText(i, columns[i].Text());
        }
        return rows;
    }
}
