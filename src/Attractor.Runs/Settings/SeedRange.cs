using System.Globalization;

namespace Attractor.Runs;

/// <summary>Several seeds as a command line writes them: <c>1..8</c>.</summary>
internal static class SeedRange
{
    private const int Most = 10_000;

    /// <exception cref="SettingException">The text is no range.</exception>
    public static long[] Parse(string seeds)
        => TryParse(seeds) ?? throw new SettingException($"{nameof(seeds):setting} takes a range such as 1..8, not {seeds}");

    /// <summary>The seeds; null of a text that is no range.</summary>
    public static long[]? TryParse(string text)
    {
        string[] ends = text.Split("..");
        return ends.Length == 2
            && long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            && first <= last && last - first < Most
            ? [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)]
            : null;
    }

    /// <summary>The range of seeds that follow each other.</summary>
    public static string Text(IReadOnlyList<long> seeds) => FormattableString.Invariant($"{seeds[0]}..{seeds[^1]}");
}
