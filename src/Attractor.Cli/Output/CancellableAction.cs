using System.CommandLine;

namespace Attractor.Cli.Output;

/// <summary>Actions that Ctrl-C can cancel.</summary>
internal static class CancellableAction
{
    /// <summary>
    /// Runs the action on a thread of its own: System.CommandLine listens to signals only once the action has returned its task.
    /// </summary>
    public static void SetCancellableAction(this Command command, Func<ParseResult, CancellationToken, int> action)
        => command.SetAction((parsed, token) => Task.Run(() => action(parsed, token), CancellationToken.None));
}
