using System.Globalization;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Commands to type, made of the names that settings have in files.</summary>
internal static class CommandText
{
    /// <param name="command">What follows the name of the program.</param>
    /// <param name="settings">Keys of settings with their values; a value that is null stands for a flag.</param>
    /// <param name="output">What is to be written; none if null.</param>
    public static string Of(string command, IReadOnlyList<(string Key, object? Value)> settings, string? output = null)
        => string.Join(' ', [
            $"attractor {command}",
            .. settings.Select(s => s.Value is null
                ? SettingName.Option(s.Key)
                : $"{SettingName.Option(s.Key)} {RunCommands.Quote(Convert.ToString(s.Value, CultureInfo.InvariantCulture)!)}"),
            .. output is null ? (string[])[] : ["-o", RunCommands.Quote(output)],
        ]);
}
