using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>Which arrays of an archive are the data.</summary>
internal static partial class ArchiveChoice
{
    private const int Shown = 8;

    /// <summary>Reads the array that is asked for, or those that are plainly meant.</summary>
    /// <param name="format">The format.</param>
    /// <param name="file">The file.</param>
    /// <param name="wanted">The array that is asked for; null if none is.</param>
    public static RawData Read(ArchiveFormat format, Stream file, string? wanted)
    {
        IReadOnlyList<ArchiveEntry> entries = format.Entries(file);
        file.Position = 0;
        if (wanted is null && ArchiveColumns.Of(entries) is { } columns)
            return ArchiveColumns.Read(format, file, columns);
        (IReadOnlyList<string> names, FormattableString? note) = Of(entries, wanted);
        file.Position = 0;
        IReadOnlyList<TimeSeries> series = format.Read(file, names, null);
        RawData raw = RawData.Of(series, series[0].Dt == 1 ? null : series[0].Dt) with { Note = note };
        // An array of three dimensions is several.
        return names.Count == series.Count ? raw with { TrialNames = names } : raw;
    }

    /// <summary>The arrays to take, and what is to be said of the choice.</summary>
    /// <exception cref="InvalidDataException">There is none of that name, or it cannot be told which are meant.</exception>
    public static (IReadOnlyList<string> Names, FormattableString? Note) Of(IReadOnlyList<ArchiveEntry> entries, string? wanted)
    {
        if (wanted is not null)
        {
            string? near = NearestName.Among(entries.Select(e => e.Name), wanted);
            ArchiveEntry entry = entries.FirstOrDefault(e => e.Name == wanted || "/" + e.Name == wanted)
                ?? throw new InvalidDataException(
                    $"no array '{Excerpt.Of(wanted.AsSpan())}'"
                    + $"{(near is null ? "" : $" (did you mean '{Excerpt.Of(near.AsSpan())}'?)")}; "
                    + $"its arrays are {Listed(entries)}");
            return entry.Fault is { } fault
                ? throw new InvalidDataException($"array '{Excerpt.Of(wanted.AsSpan())}': {fault}")
                : ([entry.Name], null);
        }
        // What is no array of numbers is passed over; a damaged one is not.
        if (entries.FirstOrDefault(e => e is { Fault: not null, IsOther: false }) is { } damaged)
            throw new InvalidDataException(
                $"array '{Excerpt.Of(damaged.Name.AsSpan())}': {damaged.Fault}"
                + $"{(entries.Count > 1 ? "; or name the one that is meant" : "")}");
        ArchiveEntry[] series = [.. entries.Where(e => e.Fault is null && e.Shape.Aggregate(1.0, (a, b) => a * b) > 1)];
        if (series.Length == 0)
            throw new InvalidDataException(entries.Count switch
            {
                0 => "holds no array, expected at least one",
                _ when entries.FirstOrDefault(e => e.Fault is not null) is { } other
                    => $"holds no array of numbers; '{Excerpt.Of(other.Name.AsSpan())}' holds {other.Fault}",
                _ => $"holds single numbers only ({Listed(entries)}), expected a series",
            });
        if (series.Length == 1)
            return ([series[0].Name], entries.Count == 1 ? null : (FormattableString)$"array '{series[0].Name}' of {Listed(entries)}");
        if (series.Any(e => Part().IsMatch(e.Name)))
        {
            ArchiveEntry[] training = [.. series.Where(e => Training().IsMatch(e.Name) && !Target().IsMatch(e.Name))];
            return training.Length == 1
                ? ([training[0].Name], Chosen(training[0].Name, Listed(series)))
                : throw Several(series, "parts of data");
        }
        return series.Select(e => e.Shape.Count == 1 ? 1 : e.Shape[^1]).Distinct().Count() == 1
            ? ([.. series.Select(e => e.Name)], null)
            : throw Several(series, "different variables");
    }

    private static FormattableString Chosen(string name, string all)
        => $"array '{name}' of {all}; {nameof(DataSelection.Array):setting} names another";

    private static InvalidDataException Several(ArchiveEntry[] series, string what)
        => new($"holds {series.Length} arrays of {what}: {Listed(series)}; name the one that is meant");

    private static string Listed(IReadOnlyList<ArchiveEntry> entries) => string.Join(", ", entries.Take(Shown).Select(Shape))
        + (entries.Count > Shown ? $", ... ({entries.Count} in all)" : "");

    private static string Shape(ArchiveEntry entry)
        => Excerpt.Of(entry.Name.AsSpan()) + (entry.Shape.Count == 0 ? "" : $" ({string.Join(" x ", entry.Shape)})");

    [GeneratedRegex(
        "(^|[_. ])(train|training|test|testing|val|valid|validation|holdout|labels?|targets?)($|[_. 0-9])", RegexOptions.IgnoreCase)]
    internal static partial Regex Part();

    [GeneratedRegex("(^|[_. ])(y|labels?|targets?)($|[_. ])", RegexOptions.IgnoreCase)]
    private static partial Regex Target();

    [GeneratedRegex("(^|[_. ])(train|training)($|[_. ])", RegexOptions.IgnoreCase)]
    private static partial Regex Training();
}
