using System.CommandLine;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>The options of a help text under what they are about.</summary>
internal static class HelpGroups
{
    private const string Heading = "Options:";

    /// <summary>The text with its list of options divided by groups; options without one come first, under the heading they had.</summary>
    /// <param name="help">As System.CommandLine writes it.</param>
    /// <param name="command">Whose help it is.</param>
    public static string Divide(string help, Command command)
    {
        string[] lines = help.ReplaceLineEndings("\n").Split('\n');
        int first = Array.IndexOf(lines, Heading) + 1, end = first;
        if (first == 0)
            return help;
        Dictionary<string, SettingGroup> groups = Groups(command);
        Dictionary<SettingGroup, List<string>> divided = [];
        SettingGroup group = SettingGroup.General;
        for (; end < lines.Length && lines[end].Length > 0; end++)
        {
            if (lines[end].StartsWith("  -", StringComparison.Ordinal))
                group = groups.GetValueOrDefault(Name(lines[end]));
            if (!divided.TryGetValue(group, out List<string>? entries))
                divided.Add(group, entries = []);
            entries.Add(lines[end]);
        }
        IEnumerable<string> sections = divided.OrderBy(g => g.Key).Select(g => $"{Title(g.Key)}\n{string.Join('\n', g.Value)}\n");
        return string.Join('\n', [.. lines[..(first - 1)], .. sections]).TrimEnd('\n') + "\n" + string.Join('\n', lines[end..]);
    }

    private static string Title(SettingGroup group) => group is SettingGroup.General ? Heading : $"{group} options:";

    // The last of the names, which is the long one: "  -o, --output <path>     the run folder".
    private static string Name(string line) => line.Trim().Split("  ")[0].Split(' ').Last(word => word.StartsWith('-')).TrimEnd(',');

    private static Dictionary<string, SettingGroup> Groups(Command command)
    {
        Dictionary<string, SettingGroup> groups = new(StringComparer.Ordinal);
        foreach (Option option in command.Options.Concat(CommonOptions.OfAll))
            foreach (string name in option.Aliases.Append(option.Name))
                groups[name] = OptionGroups.Of(option);
        return groups;
    }
}
