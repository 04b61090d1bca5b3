using System.Text;

namespace Attractor.Data;

/// <summary>Finds the requested columns among those of a file.</summary>
internal static class ColumnSelection
{
    private const int NamesShown = 12;

    /// <exception cref="ArgumentException">No column is requested, or one of them makes no sense.</exception>
    public static void Validate(IReadOnlyList<ColumnRequest> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("No column is requested, expected at least one.", nameof(columns));
        foreach (ColumnRequest column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            ArgumentException.ThrowIfNullOrWhiteSpace(column.Name, nameof(columns));
            if (!Enum.IsDefined(column.Kind))
                throw new ArgumentOutOfRangeException(nameof(columns), column.Kind, $"The kind of column '{column.Name}' is unknown.");
            if (column.Levels is { } levels)
                Validate(column, levels);
        }
    }

    /// <summary>The readers of the requested columns, in their order.</summary>
    /// <param name="table">The file.</param>
    /// <param name="requests">Which are wanted, by name, or by number from 1 where no column has that name.</param>
    /// <exception cref="InvalidDataException">A column does not exist, occurs twice, or is requested twice.</exception>
    public static ColumnReader[] Select(TableReader table, IReadOnlyList<ColumnRequest> requests)
    {
        IReadOnlyList<string> found = table.Names;
        Dictionary<string, int> first = [], second = [];
        for (int i = 0; i < found.Count; i++)
            if (!first.TryAdd(found[i], i))
                second.TryAdd(found[i], i);
        HashSet<int> taken = [];
        ColumnReader[] readers = new ColumnReader[requests.Count];
        for (int i = 0; i < requests.Count; i++)
        {
            string name = requests[i].Name;
            if (second.TryGetValue(name, out int again))
                throw new InvalidDataException(
                    $"the column '{Excerpt.Of(name)}' occurs twice in the header, as columns {first[name] + 1} and {again + 1}; "
                    + "rename one");
            int position = first.TryGetValue(name, out int named) ? named
                : TableFile.Find(found, name) ?? throw new InvalidDataException(Unknown(name, found, table.NamesHint));
            if (!taken.Add(position))
                throw new InvalidDataException(
                    $"the column '{Excerpt.Of(found[position])}' is requested twice, expected each once");
            ColumnRequest request = name == found[position] ? requests[i] : requests[i] with { Name = found[position] };
            readers[i] = new(request, position, table.IsText(position));
        }
        return readers;
    }

    /// <summary>x1, x2, ...</summary>
    public static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(n => $"x{n}")];

    /// <summary>Whether names are x1, x2, ..., as those of a file without any.</summary>
    public static bool IsNumbered(IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
            if (names[i] != FormattableString.Invariant($"x{i + 1}"))
                return false;
        return true;
    }

    private static void Validate(ColumnRequest column, IReadOnlyList<string> levels)
    {
        if (column.Kind != ColumnKind.Category)
            throw new ArgumentException(
                $"Column '{column.Name}' is {column.Kind}, expected levels of a {ColumnKind.Category} only.", nameof(column));
        if (levels.Count is 0 or > CategoryLevels.Most)
            throw new ArgumentException(
                $"Column '{column.Name}' has {levels.Count} levels, expected 1 to {CategoryLevels.Most}.", nameof(column));
        foreach (string level in levels)
        {
            if (string.IsNullOrWhiteSpace(level) || level.Trim() != level || Encoding.UTF8.GetByteCount(level) > CategoryLevels.Longest)
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' has the level '{level}', expected 1 to {CategoryLevels.Longest} bytes of "
                    + $"text without blanks at either end.",
                    nameof(column));
            }
        }
        if (levels.Distinct().Count() != levels.Count)
            throw new ArgumentException($"Column '{column.Name}' has the same level twice, expected each once.", nameof(column));
    }

    /// <summary>That there is no column of a name, in words.</summary>
    public static string Unknown(string name, IReadOnlyList<string> found, string namesHint)
    {
        string hint = NearestName.Among(found, name) is { } nearest ? $" (did you mean '{Excerpt.Of(nearest)}'?)" : "";
        string shown = string.Join(", ", found.Take(NamesShown).Select(other => Excerpt.Of(other)))
            + (found.Count > NamesShown ? $", ... ({found.Count} in all)" : "");
        return $"no column '{Excerpt.Of(name)}'{hint}; its columns are {shown}{namesHint}";
    }
}
