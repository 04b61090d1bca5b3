using System.CommandLine;
using System.CommandLine.Parsing;
using Attractor.Data;

namespace Attractor.Cli;

/// <summary>What is wrong with a command line, in one line that says how to mend it.</summary>
internal static class UsageError
{
    public static string Describe(ParseResult parsed, string[] args)
    {
        Command command = parsed.CommandResult.Command;
        string help = string.Join(' ', Path(parsed.CommandResult).Append("--help"));
        if (Unknown(parsed) is { } unknown)
        {
            bool option = unknown.StartsWith('-');
            IEnumerable<string> known = option
                ? command.Options.SelectMany(o => o.Aliases.Append(o.Name))
                : command.Subcommands.Select(c => c.Name);
            string what = option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            string nearest = NearestName.Among(known, unknown) is { } match ? $"; did you mean {match}?" : "";
            return $"unknown {what} '{unknown}'{nearest} ({help} lists them)";
        }
        if (args.Length == 0)
            return $"which command? ({help} lists them)";
        if (parsed.Errors[0] is { SymbolResult: { } wrong } error && error.Message.Contains("System.", StringComparison.Ordinal))
            return $"{Name(wrong)} does not take '{string.Join(' ', wrong.Tokens.Select(t => t.Value))}' ({help} shows how)";
        return $"{parsed.Errors[0].Message.TrimEnd('.').ReplaceLineEndings(" ")} ({help} shows how)";
    }

    /// <summary>The word that nothing is known about; null if there is none.</summary>
    /// <remarks>Where an argument may be left out, an option with a slip is read as the argument.</remarks>
    public static string? Unknown(ParseResult parsed)
        => parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).FirstOrDefault(
            v => v.StartsWith("--", StringComparison.Ordinal))
            ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);

    private static string Name(SymbolResult result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Parent: OptionResult parent } => parent.Option.Name,
        ArgumentResult argument => $"<{argument.Argument.Name}>",
        _ => "the command",
    };

    private static IEnumerable<string> Path(SymbolResult result)
        => result is CommandResult { Parent: { } parent } command ? Path(parent).Append(command.Command.Name) : ["attractor"];
}
