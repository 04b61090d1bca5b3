using Attractor.Runs;

namespace Attractor.Studio;

/// <summary>Words of a command line.</summary>
internal static class CommandWords
{
    /// <summary>A path in the folder, which is neither an option nor a response file whatever its name.</summary>
    public static string Of(string id) => id.StartsWith('-') || id.StartsWith('@') ? "./" + id : id;

    /// <summary>The command as it is typed.</summary>
    public static string Line(IEnumerable<string> words) => "attractor " + string.Join(' ', words.Select(Word));

    // An option is no path that could be told from one by a dot and a slash.
    private static string Word(string word)
        => !word.StartsWith('-') ? RunCommands.Quote(word)
            : RunCommands.Quote("x" + word) == "x" + word ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A setting as one word: what it is set to is never taken for anything else.</summary>
    public static string Of(Setting setting, string text) => setting.Kind is SettingKind.Flag ? setting.Option : $"{setting.Option}={text}";
}
