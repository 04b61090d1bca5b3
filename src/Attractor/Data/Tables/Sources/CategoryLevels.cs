using System.Text;

namespace Attractor.Data;

/// <summary>The levels of a category, which are text, and their indices.</summary>
internal sealed class CategoryLevels
{
    /// <summary>The most levels of a category.</summary>
    public const int Most = 1000;

    /// <summary>The most bytes of a level, as UTF-8.</summary>
    public const int Longest = 256;

    private const int LevelsShown = 8;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _indices = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool _open;

    /// <param name="known">The levels allowed; null for any, as they appear.</param>
    public CategoryLevels(IReadOnlyList<string>? known)
    {
        _lookup = _indices.GetAlternateLookup<ReadOnlySpan<char>>();
        _open = known is null;
        foreach (string level in known ?? [])
            Add(level);
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The index of a level, which is added if it is new and may be; -1 otherwise.</summary>
    /// <param name="cell">UTF-8.</param>
    /// <param name="isMissing">Whether the cell would be a missing value, if no level has that name.</param>
    public int IndexOf(ReadOnlySpan<byte> cell, bool isMissing)
    {
        if (cell.Length > Longest)
            return -1;
        Span<char> buffer = stackalloc char[Longest];
        ReadOnlySpan<char> level = buffer[..Encoding.UTF8.GetChars(cell, buffer)];
        if (_lookup.TryGetValue(level, out int index))
            return index;
        if (isMissing || !_open || _names.Count == Most)
            return -1;
        Add(level.ToString());
        return _names.Count - 1;
    }

    /// <summary>Why a cell has no index, in words, and how to mend it.</summary>
    public string Fault(ReadOnlySpan<byte> cell)
    {
        if (_open && cell.Length > Longest)
            return $"'{Excerpt.Of(cell)}' has {cell.Length} bytes, expected levels of at most {Longest}; is the column a category?";
        if (_open)
            return $"'{Excerpt.Of(cell)}' would be level {Most + 1}, expected at most {Most}; is the column a category?";
        string level = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, Longest)]);
        string hint = NearestName.Among(_names, level) is { } nearest ? $" (did you mean '{Excerpt.Of(nearest)}'?)" : "";
        string shown = string.Join(", ", _names.Take(LevelsShown).Select(name => Excerpt.Of(name)))
            + (_names.Count > LevelsShown ? $", ... ({_names.Count} in all)" : "");
        return $"'{Excerpt.Of(cell)}' is no level{hint}; expected {shown}; correct it, or add it to the levels";
    }

    private void Add(string level)
    {
        _indices.Add(level, _names.Count);
        _names.Add(level);
    }
}
