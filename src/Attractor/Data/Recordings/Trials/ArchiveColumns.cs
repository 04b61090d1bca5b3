using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>Archives whose arrays are the columns of one table: t, x and y of the same length, or times beside an array of rows.</summary>
internal static partial class ArchiveColumns
{
    /// <summary>The arrays that are columns, times first; null of an archive of trials, or of anything else.</summary>
    public static IReadOnlyList<ArchiveEntry>? Of(IReadOnlyList<ArchiveEntry> entries)
    {
        ArchiveEntry[] series = [.. entries.Where(e => e.Fault is null && e.Shape.Aggregate(1.0, (a, b) => a * b) > 1)];
        if (series.Length < 2 || series.Length > TableReader.MostColumns || entries.Any(e => e is { Fault: not null, IsOther: false })
            || series.Any(e => ArchiveChoice.Part().IsMatch(e.Name)) || series.Any(
                e => e.Shape.Count > 2 || e.Shape[0] != series[0].Shape[0] || e.Shape.Any(n => n > SeriesFile.MaxValues)))
            return null;
        ArchiveEntry[] vectors = [.. series.Where(e => Width(e) == 1)], tables = [.. series.Where(e => Width(e) > 1)];
        if (tables.Length == 1)
            return Array.TrueForAll(vectors, e => TimeUnit.IsTime(e.Name)) ? [.. vectors, .. tables] : null;
        // Trials are numbered, variables have names.
        int names = vectors.Select(e => Number().Replace(e.Name, "")).Distinct().Count();
        return tables.Length == 0 && names == vectors.Length ? vectors : null;
    }

    /// <summary>Reads them.</summary>
    public static RawData Read(ArchiveFormat format, Stream file, IReadOnlyList<ArchiveEntry> columns)
    {
        int width = columns.Sum(Width), rows = checked((int)columns[0].Shape[0]), at = 0;
        if ((long)width * rows > SeriesFile.MaxValues)
            throw new InvalidDataException($"more than the {SeriesFile.MaxValues} values that can be read; split or thin it");
        List<TimeSeries> read = [];
        foreach (ArchiveEntry entry in columns)
        {
            file.Position = 0;
            read.Add(format.Read(file, [entry.Name], null)[0]);
        }
        // Only now is there what the sizes promised.
        double[] values = new double[(long)width * rows];
        List<string> names = [];
        foreach ((ArchiveEntry entry, TimeSeries series) in columns.Zip(read))
        {
            int own = series.Dimension;
            ReadOnlySpan<double> from = series.Values;
            for (int t = 0; t < rows; t++)
                from.Slice(t * own, own).CopyTo(values.AsSpan((t * width) + at));
            for (int n = 1; n <= own; n++)
                names.Add(Width(entry) == 1 ? entry.Name : $"x{n}");
            at += own;
        }
        return new(names, true, [values]) { Note = $"its arrays are columns" };
    }

    private static int Width(ArchiveEntry entry) => entry.Shape.Count == 1 ? 1 : checked((int)entry.Shape[1]);

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Number();
}
