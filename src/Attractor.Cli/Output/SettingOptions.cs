using System.CommandLine;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>Settings as options of a command.</summary>
internal sealed class SettingOptions
{
    private readonly List<(Setting Setting, Option Option)> _all = [];

    /// <summary>Adds an option for each setting.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">The settings, with what the help says of each.</param>
    public SettingOptions(Command command, IEnumerable<(Setting Setting, string Help)> settings)
    {
        foreach ((Setting setting, string help) in settings)
        {
            string[] aliases = setting.Alias is { } alias ? [alias] : [];
            Option option = setting.Kind is SettingKind.Flag
                ? new Option<bool>(setting.Option, aliases) { Description = help }
                : setting.IsOutput
                ? new OutputOption(setting.Option, OutputOption.Series, aliases) { Description = help, HelpName = "file" }
                : new Option<string?>(setting.Option, aliases)
                {
                    Description = help,
                    HelpName = setting.Kind is SettingKind.Word ? "word" : "n"
                };
            if (setting.Words.Count > 0)
                option.CompletionSources.Add([.. setting.Words]);
            command.Add(option.In(setting.Group));
            _all.Add((setting, option));
        }
    }

    /// <summary>What a command line gives, as text.</summary>
    public IEnumerable<(Setting Setting, string Text)> Given(ParseResult parsed)
    {
        foreach ((Setting setting, Option option) in _all)
        {
            string? text = option is Option<string?> word ? parsed.GetValue(word) : parsed.GetValue((Option<bool>)option) ? "true" : null;
            if (text is not null)
                yield return (setting, text);
        }
    }
}
