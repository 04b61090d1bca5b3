using System.Globalization;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Pages;

/// <summary>Numbers as the pages write them.</summary>
internal static class Numbers
{
    /// <summary>With commas between thousands; nothing of none.</summary>
    public static string Whole(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    /// <summary>To four digits; nothing of none.</summary>
    public static string Text(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A score with its floor in brackets.</summary>
    public static string Beside(ScoreValue? score) => score is null ? ""
        : score.Floor is { } floor ? $"{Text(score.Value)} ({Text(floor)})" : Text(score.Value);

    /// <summary>A time in the largest unit that it has one of, roughly.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:F0} days"),
    };

    /// <summary>How long ago.</summary>
    public static string Ago(DateTime time) => (DateTime.UtcNow - time) switch
    {
        { TotalSeconds: < 10 } => "now",
        { TotalSeconds: < 90 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:F0} s ago"),
        { TotalMinutes: < 90 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:F0} min ago"),
        { TotalHours: < 36 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalHours:F0} h ago"),
        _ => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
