using System.CommandLine;
using System.CommandLine.Completions;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>What a shell may complete: options, verbs and their words come from the command itself.</summary>
internal static class Completion
{
    /// <summary>Whether a shell asks what a line could go on with: <c>attractor "[suggest:12]" "attractor tr"</c>.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments)
        => arguments.Count > 0 && arguments[0].StartsWith("[suggest", StringComparison.Ordinal);

    /// <summary>Lets the known systems complete an argument.</summary>
    public static Argument<T> WithSystems<T>(this Argument<T> argument)
    {
        // Else the usage would name all of them.
        argument.HelpName ??= argument.Name;
        argument.CompletionSources.Add(_ => ListedSystem.All.Select(system => new CompletionItem(system.Name)));
        return argument;
    }
}
