namespace Attractor.Data;

/// <summary>
/// A format whose files name their columns: it says the table, and a series is all columns of it, which must be numbers then.
/// </summary>
public abstract class TableFormat : SeriesFormat
{
    /// <inheritdoc/>
    public abstract override TableReader OpenTable(Stream file);

    /// <summary>Opens one of several tables of a file.</summary>
    /// <param name="file">A seekable stream at its start; it stays open.</param>
    /// <param name="name">Which; null for the one that is meant where nobody says.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or there is no such table.</exception>
    internal virtual TableReader OpenTable(Stream file, string? name) => name is null ? OpenTable(file) : throw OneTable(name);

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSeries> Read(Stream file, double? dt)
    {
        using TableReader table = OpenTable(file);
        int columns = table.RequireColumns();
        if (table.Rows * columns > SeriesFile.MaxValues)
            throw TooLarge();
        table.Select([.. Enumerable.Range(0, columns)]);
        for (int i = 0; i < columns; i++)
            if (table.Fault(i) is not null)
                throw table.NotANumber(i);
        ValueList values = new();
        while (table.Read())
        {
            if (values.Count + columns > SeriesFile.MaxValues)
                throw TooLarge();
            for (int i = 0; i < columns; i++)
                values.Add(
                    !table.IsText(i) ? table.Number(i)
                    : table.TryNumber(i, out double value) ? value
                    : throw table.NotANumber(i));
        }
        return values.Count > 0
            ? [new(values.ToArray(), columns, dt ?? table.TimeStep ?? 1, table.Names)]
            : throw new InvalidDataException("holds no row of values");

        static InvalidDataException TooLarge()
            => new($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
    }
}
