using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>
/// Options that take a number: all of them are read here, the same on every machine. The parser of System.CommandLine would take 0,05 for
/// 5, as the comma separates thousands in some languages.
/// </summary>
internal static class NumberOptions
{
    /// <summary>Gives the options of a command, and of those below it, this reading of numbers.</summary>
    public static void Install(Command command)
    {
        foreach (Option option in command.Options)
            Install(option);
        foreach (Command below in command.Subcommands)
            Install(below);
    }

    private static void Install(Option option)
    {
        switch (option)
        {
            case Option<double> number:
                number.CustomParser = result => Number(result, option) ?? 0;
                break;
            case Option<double?> number:
                number.CustomParser = result => Number(result, option);
                break;
            case Option<int> whole:
                whole.CustomParser = result => Whole<int>(result, option) ?? 0;
                break;
            case Option<int?> whole:
                whole.CustomParser = result => Whole<int>(result, option);
                break;
            case Option<long> whole:
                whole.CustomParser = result => Whole<long>(result, option) ?? 0;
                break;
            case Option<long?> whole:
                whole.CustomParser = result => Whole<long>(result, option);
                break;
        }
    }

    private static double? Number(ArgumentResult result, Option option)
    {
        string text = result.Tokens[^1].Value;
        double? value = NumberText.Number(text);
        if (value is null)
            result.AddError($"{option.Name} takes a number, not {text}{NumberText.Advice(text, whole: false)}");
        return value;
    }

    private static T? Whole<T>(ArgumentResult result, Option option)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string text = result.Tokens[^1].Value;
        if (NumberText.Whole(text) is not { } value)
            result.AddError($"{option.Name} takes a whole number, not {text}{NumberText.Advice(text, whole: true)}");
        else if (value > long.CreateSaturating(T.MaxValue) || value < long.CreateSaturating(T.MinValue))
            result.AddError($"{option.Name} must be at {(value > 0 ? $"most {T.MaxValue}" : $"least {T.MinValue}")}, not {text}");
        else
            return T.CreateChecked(value);
        return null;
    }
}
