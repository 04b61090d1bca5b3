using System.Globalization;

namespace Attractor.Cli.Training;

/// <summary>Several seeds as a command line writes them: <c>1..8</c>.</summary>
internal static class SeedRange
{
    private const int Most = 10_000;

    public static long[] Parse(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length == 2
            && long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            && first <= last && last - first < Most)
            return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => first + i)];
        throw new ArgumentException($"--seeds takes a range such as 1..8, not {text}");
    }
}
