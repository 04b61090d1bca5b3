using System.Buffers;

namespace Attractor.Runs;

/// <summary>What to type to go on with a run.</summary>
internal static class RunCommands
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"$\\&;|<>()*?");

    public static IReadOnlyList<(string Purpose, string Command)> For(string path, ModelSettings settings) =>
    [
        (
            "repeat",
            $"attractor train {settings.Model} {Quote(settings.Data)} --config {Quote(Path.Combine(path, RunLayout.Config))} -o "
            + $"{Quote(path + "-again")}"),
        ("resume", $"attractor train --resume {Quote(path)}"),
        .. ModelKinds.Find(settings.Model).Uses(Quote(path), settings),
        ("report", $"attractor report {Quote(path)} -o report.html"),
    ];

    /// <summary>Those that make sense in a report.</summary>
    public static IReadOnlyList<(string Purpose, string Command)> ForReport(string path, ModelSettings settings)
        => [.. For(path, settings).Where(c => c.Purpose != "resume")];

    public static string Text(string path, ModelSettings settings)
        => string.Concat(For(path, settings).Select(c => $"# {c.Purpose}\n{c.Command}\n"));

    public static string Quote(string word)
        => word.AsSpan().ContainsAny(s_special) ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'" : word;
}
