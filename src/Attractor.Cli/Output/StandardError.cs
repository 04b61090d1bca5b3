using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>Where messages and progress go.</summary>
internal static class StandardError
{
    /// <summary>Whether a person may be reading there; whoever runs verbs inside another program says that nobody is.</summary>
    public static bool IsTerminal { get; set; } = !Console.IsErrorRedirected;

    /// <summary>Says that a training was cancelled and how it goes on.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The exit code.</returns>
    public static int Cancelled(string run)
    {
        JsonOutput.Fail(ErrorCode.Cancelled, $"cancelled; attractor train --resume {RunCommands.Quote(run)} goes on");
        return 130;
    }

    /// <summary>Says that a training was cancelled before it had anything to put in the place of the run that was there.</summary>
    /// <param name="run">Its folder.</param>
    /// <returns>The exit code.</returns>
    public static int CancelledBeforeReplacing(string run)
    {
        JsonOutput.Fail(ErrorCode.Cancelled, $"cancelled before the first checkpoint; {run} holds what it held");
        return 130;
    }
}
