namespace Attractor.Data;

/// <summary>Reads a series from text: a row per line, cells separated by commas, semicolons or tabs, a header or none.</summary>
internal static class CsvSeriesReader
{
    /// <summary>Reads the whole of <paramref name="file"/>.</summary>
    /// <param name="file">A seekable stream of UTF-8, or of UTF-16 with a byte order mark.</param>
    /// <returns>T * N values, row-major, N, and the names in the header, if there is one.</returns>
    /// <exception cref="InvalidDataException">A cell is not a number, or the rows differ in their number of cells.</exception>
    public static (double[] Values, int Columns, IReadOnlyList<string>? Names) Read(Stream file)
    {
        using (CsvRows start = CsvRows.OfNumbers(file))
            if (start.TryValues(file) is { } all)
                return (all, start.Columns, start.Names);
        file.Position = 0;
        using CsvRows rows = CsvRows.OfNumbers(file);
        List<double> values = [];
        while (rows.Read())
        {
            if (values.Count + rows.Columns > SeriesFile.MaxValues)
                throw new InvalidDataException($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
            for (int i = 0; i < rows.Columns; i++)
                values.Add(rows.TryNumber(i, out double value) ? value : throw rows.NotANumber(i));
        }
        return ([.. values], rows.Columns, rows.Names);
    }
}
