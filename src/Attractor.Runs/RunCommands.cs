using System.Buffers;
using System.Globalization;

namespace Attractor.Runs;

/// <summary>What to type to go on with a run.</summary>
internal static class RunCommands
{
    // What every shell takes as it is; a tilde or an equals sign is special at the beginning of a word.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-,:=@%+");

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

    /// <summary>
    /// The command that scores a run: against a test that lies beside the training data under that name, else against these.
    /// </summary>
    /// <param name="run">The run's folder, quoted.</param>
    /// <param name="data">Its training data.</param>
    public static string Evaluate(string run, string data)
    {
        string test = Path.Combine(Path.GetDirectoryName(data) ?? "", "test" + Path.GetExtension(data));
        bool isThere = Path.GetFileNameWithoutExtension(data).Equals("train", StringComparison.OrdinalIgnoreCase) && File.Exists(test);
        return $"attractor evaluate {run} {Quote(isThere ? test : data)}";
    }

    /// <summary>Those that make sense in a report.</summary>
    public static IReadOnlyList<(string Purpose, string Command)> ForReport(string path, ModelSettings settings)
        => [.. For(path, settings).Where(c => c.Purpose != "resume")];

    public static string Text(string path, ModelSettings settings)
        => string.Concat(For(path, settings).Select(c => $"# {c.Purpose}\n{c.Command}\n"));

    /// <summary>
    /// A word of a command line as a shell is given it; one that begins as an option or a response file does is given as a path.
    /// </summary>
    public static string Quote(string word)
    {
        if (word.StartsWith('-') || word.StartsWith('@'))
            word = "./" + word;
        if (word.Length > 0 && word[0] is not ('=' or '%') && !word.AsSpan().ContainsAnyExcept(s_plain))
            return word;
        return word.Any(char.IsControl)
            ? $"$'{string.Concat(word.Select(Escape))}'"
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string Escape(char c) => c is '\'' or '\\' ? $"\\{c}"
        : char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
        : c.ToString();
}
