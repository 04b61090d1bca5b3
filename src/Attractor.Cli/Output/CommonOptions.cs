using System.CommandLine;

namespace Attractor.Cli.Output;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    /// <summary>Every verb has it.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "no progress, no messages beside the result", Recursive = true };

    public static Option<string[]> Parameters() => new("--parameter", "-p") { Description = "another value of a parameter of a known system; may be repeated", HelpName = "name=value" };

    public static Option<bool> Json() => new("--json") { Description = "print one JSON object on the standard output, nothing else" };

    public static Option<string?> Output(string what) => new("--output", "-o") { Description = what, HelpName = "path" };

    public static Option<double?> TimeStep() => new("--dt") { Description = "time between two rows", HelpName = "time" };

    /// <summary>Refuses options that are given and would mean nothing.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The kind of model that they mean nothing to.</param>
    /// <param name="instead">What there is instead, if anything.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">One of them is given.</exception>
    public static void Refuse(ParseResult parsed, string model, string? instead, params Option[] options)
    {
        foreach (Option option in options)
            if (parsed.GetResult(option) is { Implicit: false })
                throw new ArgumentException($"{option.Name} means nothing to a {model}{(instead is null ? "" : $": {instead}")}");
    }

    /// <summary>The time step as given, if it is one.</summary>
    /// <exception cref="ArgumentException">It is not positive and finite.</exception>
    public static double? RequirePositive(double? dt)
        => dt is null or (> 0 and < double.PositiveInfinity) ? dt : throw new ArgumentException(FormattableString.Invariant($"--dt must be positive, not {dt}"));
}
