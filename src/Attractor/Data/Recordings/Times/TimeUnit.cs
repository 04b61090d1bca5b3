using System.Text.RegularExpressions;

namespace Attractor.Data;

/// <summary>What a column of numbers measures time in, by its name and its size.</summary>
/// <param name="Name">The unit of what is made of it; null if it is not known.</param>
/// <param name="Factor">What the numbers are multiplied by.</param>
internal readonly partial record struct TimeUnit(string? Name, double Factor)
{
    /// <summary>The unit that a name says, such as "time [ms]" or "seconds"; else that of seconds since 1970 and their parts.</summary>
    public static TimeUnit Of(string name, double first)
    {
        Match word = Unit().Match(name);
        if (word.Success)
        {
            return word.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "ns" or "nanoseconds" => new("s", 1e-9),
                "us" or "\u00b5s" or "\u03bcs" or "microseconds" => new("s", 1e-6),
                "ms" or "msec" or "millis" or "milliseconds" => new("s", 1e-3),
                "min" or "minutes" => new("min", 1),
                "h" or "hours" => new("h", 1),
                "d" or "days" => new("d", 1),
                _ => new("s", 1),
            };
        }
        return !IsTime(name) ? default(TimeUnit) with { Factor = 1 } : Math.Abs(first) switch
        {
            > 1e17 and < 1e20 => new("s", 1e-9),
            > 1e14 and <= 1e17 => new("s", 1e-6),
            > 1e11 and <= 1e14 => new("s", 1e-3),
            > 1e8 and <= 1e11 => new("s", 1),
            _ => new(null, 1),
        };
    }

    /// <summary>Whether a name is one of times.</summary>
    public static bool IsTime(string name) => Time().IsMatch(name) || Unit().IsMatch(name);

    [GeneratedRegex(
        @"(^|[ _\[(])(?<unit>ns|us|\u00b5s|\u03bcs|ms|msec|millis|s|secs?|min|h|d|(nano|micro|milli)?seconds|minutes|hours|days)[\])]?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(
        @"^((unix|posix|epoch|elapsed|local|utc|gps|system)[ _-]?(times?|timestamps?|seconds)"
        + @"|t|ts|times?|time[ _-]?stamps?|dates?|date[ _-]?time|epoch|utc|zeit(punkt|stempel)?|uhrzeit|datum|temps|tiempo|fecha)"
        + @"($|[ _\[(.])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
