namespace Attractor.Data;

/// <summary>Reads a whole table, whatever its columns hold.</summary>
internal static class TableScan
{
    /// <param name="table">The table, before its first row.</param>
    /// <param name="text">Columns that are read as text even where their cells are numbers: names of trials, and times.</param>
    /// <exception cref="InvalidDataException">It has no row, or too many.</exception>
    public static RawData Read(TableReader table, Func<RawData, IReadOnlyList<int>> text)
    {
        int columns = table.RequireColumns();
        RawData empty = new(table.Names, table.HasHeader, []);
        IReadOnlyList<int> wanted = text(empty);
        table.Select([.. Enumerable.Range(0, columns)]);
        if (table.Rows * columns > SeriesFile.MaxValues)
            throw TooLarge();
        ValueList values = new();
        ValueList?[] times = [.. Enumerable.Range(0, columns).Select(i => table.IsTime(i) ? new ValueList() : null)];
        TextCells?[] cells = new TextCells?[columns];
        InvalidDataException?[] faults = new InvalidDataException?[columns];
        bool[] hasNumbers = new bool[columns], slips = new bool[columns];
        foreach (int column in wanted)
            if (table.IsText(column) && times[column] is null)
                cells[column] = new();
        long rows = 0;
        for (; table.Read(); rows++)
        {
            if (values.Count + columns > SeriesFile.MaxValues)
                throw TooLarge();
            table.Budget?.TakeValues(1, columns);
            for (int i = 0; i < columns; i++)
            {
                if (times[i] is { } instants)
                {
                    instants.Add(table.Seconds(i));
                    values.Add(double.NaN);
                    continue;
                }
                if (!table.IsText(i))
                {
                    values.Add(table.Number(i));
                    continue;
                }
                bool isNumber = table.TryNumber(i, out double value);
                values.Add(isNumber ? value : double.NaN);
                hasNumbers[i] |= isNumber && !double.IsNaN(value);
                if (!isNumber && faults[i] is null)
                {
                    faults[i] = table.NotANumber(i);
                    slips[i] = IsSlip(table.Text(i));
                    cells[i] ??= hasNumbers[i] ? null : After(rows);
                }
                if (cells[i] is { } column && (wanted.Contains(i) || !hasNumbers[i]))
                    column.Add(table.Text(i));
            }
        }
        if (rows == 0)
            throw new InvalidDataException("holds no row of values");
        for (int i = 0; i < columns; i++)
        {
            if (times[i] is { } instants)
            {
                cells[i] = new(instants.ToArray());
                continue;
            }
            if (table.Fault(i) is not null)
            {
                (faults[i], cells[i]) = (table.NotANumber(i), null);
                continue;
            }
            // Words throughout are no mistake; among numbers they are.
            if (!hasNumbers[i] && !(slips[i] && cells[i]?.AreDates == false))
                faults[i] = null;
            else if (!wanted.Contains(i))
                cells[i] = null;
        }
        return new(table.Names, table.HasHeader, [values.ToArray()])
        {
            Unnamed = Enumerable.Range(0, columns).Where(table.IsUnnamed).ToHashSet(),
            Text = cells,
            Faults = faults,
            TimeStep = table.TimeStep,
            Note = table.Note,
        };
    }

    // A column whose first cells are missing.
    private static TextCells After(long rows)
    {
        TextCells cells = new();
        for (long row = 0; row < rows; row++)
            cells.Add(default);
        return cells;
    }

    // Digits without any letter are a number in another spelling.
    private static bool IsSlip(ReadOnlySpan<byte> cell)
    {
        bool digits = false;
        foreach (byte c in cell)
        {
            if (char.IsAsciiLetter((char)c) || c > 127)
                return false;
            digits |= char.IsAsciiDigit((char)c);
        }
        return digits;
    }

    private static InvalidDataException TooLarge()
        => new($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
}
