using System.Globalization;

namespace Attractor.Runs;

/// <summary>Several seeds as a command line writes them: <c>1..8</c>.</summary>
internal static class SeedRange
{
    private const int Most = 10_000;

    /// <exception cref="SettingException">The text is no range, or one of too many.</exception>
    public static long[] Parse(string seeds) => TryParse(seeds) ?? throw (Ends(seeds) is (var first, var last) && last - first >= Most
        ? new SettingException(
            $"{nameof(seeds):setting} {seeds} is more than {Most:N0} trainings: {first}..{first + Most - 1} is the longest from there")
        : new SettingException($"{nameof(seeds):setting} takes a range such as 1..8, not {seeds}"));

    /// <summary>The seeds; null of a text that is no range, or one of too many.</summary>
    public static long[]? TryParse(string text)
        => Ends(text) is (var first, var last) && first <= last && last - first < Most
            ? [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)]
            : null;

    private static (long First, long Last)? Ends(string text)
        => text.Split("..") is [var from, var to]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            ? (first, last)
            : null;

    /// <summary>The range of seeds that follow each other.</summary>
    public static string Text(IReadOnlyList<long> seeds) => FormattableString.Invariant($"{seeds[0]}..{seeds[^1]}");
}
