using Attractor.Data;

namespace Attractor.Runs;

/// <summary>Which columns a mixture takes, and what each of them holds.</summary>
internal static class MixtureColumns
{
    private const int Shown = 12;

    /// <summary>Positions first, then counts, binary columns and categories, as settings name them.</summary>
    /// <exception cref="SettingException">There are none, or what is said of them does not go together.</exception>
    public static IReadOnlyList<ColumnRequest> Of(MixtureSettings settings)
    {
        NamedColumns[] named = [.. Named(settings)];
        if (settings.Columns is null && named.Length == 0)
            throw new SettingException(SettingSentence.Join(
                $"which columns? {nameof(settings.Columns):setting}, {nameof(settings.Position):setting}, ",
                $"{nameof(settings.Count):setting}, {nameof(settings.Binary):setting} or {nameof(settings.Category):setting} ",
                $"names some of {string.Join(", ", TableFile.Names(settings.Data).Take(Shown))}"));
        Func<string, string> known = Known(settings, named);
        if (settings.Time is { } time && named.FirstOrDefault(group => group.Names.Any(name => known(name) == known(time))) is { } other)
            throw new SettingException(
                $"{nameof(settings.Time):setting} leaves {time} out, and {other.Setting:setting} names it: leave one of them out");
        if (settings.Columns is not { } columns)
            return Requests(named);
        if (settings.Time is { } left && columns.Any(name => known(name) == known(left)))
            throw new SettingException(SettingSentence.Join(
                $"{nameof(settings.Time):setting} leaves {left} out, and {nameof(settings.Columns):setting} names it: ",
                $"leave one of them out"));
        HashSet<string> taken = [.. columns.Select(known)];
        foreach (NamedColumns group in named)
            if (group.Names.FirstOrDefault(name => !taken.Contains(known(name))) is { } stranger)
                throw new SettingException(SettingSentence.Join(
                    $"{group.Setting:setting} names {stranger}, which is not among {nameof(settings.Columns):setting} ",
                    $"{string.Join(',', columns.Take(Shown))}: name it there too, or leave {nameof(settings.Columns):setting} out"));
        HashSet<string> spoken = [.. named.SelectMany(group => group.Names).Select(known)];
        string[] rest = [.. columns.Where(name => !spoken.Contains(known(name)))];
        if (rest.Length > 0 && settings.Position is not null)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(settings.Columns):setting} names {rest[0]}, and nothing says what it holds: name it with ",
                $"{nameof(settings.Position):setting}, {nameof(settings.Count):setting}, {nameof(settings.Binary):setting} or ",
                $"{nameof(settings.Category):setting} too, or leave it out"));
        return Requests(rest.Length > 0 ? [new(nameof(settings.Position), rest, ColumnKind.Real), .. named] : named);
    }

    /// <summary>Whether there are columns of positions.</summary>
    public static bool HasPositions(MixtureSettings settings) => settings.Position is not null
        || settings.Columns is { } columns && columns.Except(Named(settings).SelectMany(group => group.Names)).Any();

    private static IEnumerable<NamedColumns> Named(MixtureSettings settings)
    {
        if (settings.Position is { } positions)
            yield return new(nameof(settings.Position), positions, ColumnKind.Real);
        if (settings.Count is { } counts)
            yield return new(nameof(settings.Count), counts, ColumnKind.Count);
        if (settings.Binary is { } binary)
            yield return new(nameof(settings.Binary), binary, ColumnKind.Binary);
        if (settings.Category is { } categories)
            yield return new(nameof(settings.Category), categories, ColumnKind.Category);
    }

    // Two words are one column where one of them is its number. The file is looked at only where that matters: a pipe is read once.
    private static Func<string, string> Known(MixtureSettings settings, NamedColumns[] named)
    {
        bool areCompared = settings.Time is not null || settings.Columns is not null;
        bool areNumbers = named.SelectMany(group => group.Names).Concat(settings.Columns ?? []).Append(settings.Time ?? "")
            .Any(word => word.Length > 0 && word.All(char.IsAsciiDigit));
        if (settings.Time is null && !(areCompared && areNumbers))
            return word => word;
        IReadOnlyList<string> names = TableFile.Names(settings.Data);
        if (settings.Time is { } time && TableFile.Find(names, time) is null)
            throw new SettingException(
                $"{nameof(settings.Time):setting}: no column '{time}'; the columns are {string.Join(", ", names.Take(Shown))}");
        return word => TableFile.Find(names, word) is { } position ? names[position] : word;
    }

    private static ColumnRequest[] Requests(IEnumerable<NamedColumns> groups)
        => [.. groups.SelectMany(group => group.Names.Select(name => new ColumnRequest(name, group.Kind)))];

    /// <summary>Columns that a setting names, and what they hold.</summary>
    private sealed record NamedColumns(string Setting, IReadOnlyList<string> Names, ColumnKind Kind);
}
