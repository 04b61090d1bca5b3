using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>Says what went wrong, and gives the exit code.</summary>
internal static class Failures
{
    /// <summary>Tells of an exception.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception e, string[] args)
    {
        Failure failure = Failure.Of(e, OptionName.Of);
        bool isVerbose = args.Contains(CommonOptions.Verbose.Name);
        JsonOutput.Fail(failure.Code, failure.Message + failure.Code switch
        {
            // Nothing is wrong with the command: with room it does what it should.
            ErrorCode.DiskFull when args.Contains("train") => ": free space, then go on with attractor train --resume RUN",
            ErrorCode.DiskFull => ": free space, then repeat the command",
            ErrorCode.Fault when !isVerbose => $" ({CommonOptions.Verbose.Name} shows where)",
            _ => "",
        });
        if (failure.Code == ErrorCode.Fault && isVerbose)
            Console.Error.WriteLine(e.ToString());
        return failure.ExitCode;
    }

    /// <summary>Tells of a wrong command line.</summary>
    /// <returns>The exit code.</returns>
    public static int TellUsage(string message)
    {
        JsonOutput.Fail(ErrorCode.Usage, Failure.Short(message));
        return 2;
    }

    /// <summary>Tells that the answer is not all there.</summary>
    /// <returns>The exit code.</returns>
    public static int TellCutOff()
    {
        Console.Error.WriteLine(
            "attractor: there is no space left for the standard output, and the answer is cut off; files that were written are whole");
        return 1;
    }

    /// <summary>Keeps for the JSON that a training did not come to its end.</summary>
    public static void Note(IEnumerable<TrainingEnding> endings)
    {
        foreach (TrainingEnding ending in endings)
            if (ending is TrainingEnding.Diverged)
                JsonOutput.Note(ErrorCode.Diverged, "the training diverged: the last good state is kept");
            else if (ending is TrainingEnding.NotConverged)
                JsonOutput.Note(ErrorCode.NotConverged, "the training came to nothing, or did not converge: its result is kept");
    }
}
