using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    /// <summary>Every verb has it.</summary>
    public static Option<bool> Quiet { get; } = new Option<bool>("--quiet", "-q")
    {
        Description = "no progress, no messages beside the result",
        Recursive = true
    }.In(SettingGroup.Output);

    /// <summary>Every verb has it.</summary>
    public static Option<bool> Verbose { get; } = new Option<bool>("--verbose")
    {
        Description = "show where in the program a fault of its own arose",
        Recursive = true
    }.In(SettingGroup.Output);

    /// <summary>What every verb has.</summary>
    public static IReadOnlyList<Option> OfAll { get; } = [Quiet, Verbose];

    public static Argument<string> Recording(string name = "source")
        => new Argument<string>(name) { Description = "a file of data, a run, or a known system" }.WithSystems();

    public static Option<int> Rows(int unlessGiven) => new("--steps", "-n")
    {
        Description = "rows to let a run or a system run for",
        DefaultValueFactory = _ => unlessGiven,
        HelpName = "n"
    };

    public static Option<string[]> Parameters() => new("--parameter", "-p")
    {
        Description = "another value of a parameter of a known system; may be repeated",
        HelpName = "name=value"
    };

    public static Option<bool> Json()
        => new Option<bool>(JsonOutput.Option) { Description = "print one JSON object on the standard output, nothing else" }
            .In(SettingGroup.Output);

    /// <summary>Refuses a negative seed, whichever verb has it.</summary>
    /// <exception cref="ArgumentException">The seed is negative.</exception>
    public static void RequireSeed(ParseResult parsed)
    {
        foreach (OptionResult seed in parsed.CommandResult.Children.OfType<OptionResult>().Where(o => o.Option.Name == "--seed"))
            if (seed.Tokens.Count > 0 && long.TryParse(
                seed.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value < 0)
                throw new ArgumentException(FormattableString.Invariant($"--seed must not be negative, not {value}"));
    }

    /// <summary>Refuses words that are empty, as of a variable that a shell does not know: nothing is called so.</summary>
    /// <exception cref="ArgumentException">There is one; the message names the option or the argument.</exception>
    public static void RequireWords(ParseResult parsed)
    {
        foreach (SymbolResult given in parsed.CommandResult.Children)
            if (given.Tokens.Any(t => t.Value.Length == 0))
                throw new ArgumentException(given is OptionResult option
                    ? $"{option.Option.Name} is given an empty word: leave it out, or say which"
                    : $"an empty word is given for <{((ArgumentResult)given).Argument.Name}>: leave it out, or say which");
    }

    public static OutputOption Report(string what) => new("--report", OutputOption.Page) { Description = what, HelpName = "path" };

    public static OutputOption OutputFile(string what, params string[] extensions)
        => OutputFile(what, customary: null, extensions);

    /// <param name="what">What the file is.</param>
    /// <param name="customary">The name, or a pattern of the names, that it has where none is given.</param>
    /// <param name="extensions">What its name may end with.</param>
    public static OutputOption OutputFile(string what, string? customary, string[] extensions)
        => new("--output", extensions, "-o") { Description = what, HelpName = "path", Customary = customary };

    public static Option<string?> OutputFolder(string what)
        => new Option<string?>("--output", "-o") { Description = what, HelpName = "path" }.In(SettingGroup.Output);

    public static Option<double?> TimeStep()
        => new Option<double?>("--dt") { Description = "time between two rows", HelpName = "time" }.In(SettingGroup.Data);
}
