using System.Globalization;
using System.Text.RegularExpressions;

namespace Attractor.Fuzz;

/// <summary>What was found: one line and one folder for each kind, in the folder of findings.</summary>
internal sealed partial class FindingLog(string folder)
{
    private const string Name = "findings.txt";

    private readonly HashSet<string> _known = [.. Read(folder).Select(KindOf)];

    /// <summary>The lines of a folder.</summary>
    public static IEnumerable<string> Read(string folder)
        => File.Exists(Path.Combine(folder, Name)) ? File.ReadLines(Path.Combine(folder, Name)) : [];

    /// <summary>Adds what is new.</summary>
    /// <param name="what">The kind of fault.</param>
    /// <param name="message">What was said, in one line.</param>
    /// <param name="number">The case.</param>
    /// <param name="files">Its folder, which is kept; null where there is none.</param>
    /// <param name="file">The one file of it that is kept, if there is but one.</param>
    public void Add(string what, string message, long number, string? files, byte[]? file = null)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"[{what}] {message.ReplaceLineEndings(" ")} (case {number})");
        if (!_known.Add(KindOf(line)))
            return;
        lock (s_lock)
            File.AppendAllText(Path.Combine(folder, Name), line + "\n");
        if (file is not null)
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"case-{number}")), file);
        if (files is not null)
            CopyFolder(files, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"case-{number}")));
    }

    private static readonly Lock s_lock = new();

    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (string inner in Directory.GetDirectories(from))
            CopyFolder(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    // Messages differ in the numbers and the quoted words that were fuzzed.
    private static string KindOf(string line) => Particular().Replace(line, "#");

    [GeneratedRegex(@"'[^']*'|""[^""]*""|-?[0-9][0-9.,eE+-]*|[^ ]*\.(npy|csv|json|ode|safetensors|jsonl|txt)")]
    private static partial Regex Particular();
}
