using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study run</c>: all of it, on this machine.</summary>
internal static class StudyRunCommand
{
    private const int MostWorkers = 1000;

    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<int> workers = new("--workers") { Description = "processes on this machine", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("run", "Train what is left of a study with workers on this machine; the same command goes on.")
        {
            folder, workers, store, json,
        };
        command.SetCancellableAction((parsed, token) =>
        {
            int count = parsed.GetValue(workers);
            if (count is < 1 or > MostWorkers)
                throw new ArgumentException(FormattableString.Invariant(
                    $"--workers must be at least 1 and at most {MostWorkers}, not {count}"));
            string path = parsed.GetValue(folder)!;
            using Study study = Study.Open(path, StoreVariable.Or(parsed.GetValue(store)));
            bool silent = parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet);
            if (count == 1)
                study.Run(new() { Messages = silent ? null : ErrorLines.Instance }, token);
            else
                WorkerProcesses.Run(path, parsed.GetValue(store), count, silent, token);
            return Conclude(study, parsed.GetValue(json), token);
        });
        return command;
    }

    /// <summary>Says where the study stands.</summary>
    /// <returns>The exit code: 1 where all is done and nothing came of it.</returns>
    public static int Conclude(Study study, bool json, CancellationToken token)
    {
        IReadOnlyDictionary<TrialState, long> counts = study.Store.Counts();
        (long trials, long begun) = study.Store.Size();
        bool left = trials > begun || counts.Keys.Any(s => s is TrialState.Waiting or TrialState.Running);
        if (json)
            JsonOutput.Print(StudyJson.Status(study));
        else
            Console.WriteLine(StudyJson.StatusText(study));
        string quoted = RunCommands.Quote(study.Path);
        if (token.IsCancellationRequested && left)
        {
            Console.Error.WriteLine($"attractor: cancelled; attractor study run {quoted} goes on");
            return 130;
        }
        if (left)
        {
            Console.Error.WriteLine($"attractor: trials are left, of workers that were lost: attractor study run {quoted} goes on");
            return 1;
        }
        if (!counts.ContainsKey(TrialState.Completed) && trials > 0)
        {
            string? why = study.Trials.FirstOrDefault(t => t.State is TrialState.Failed)?.Failure;
            Console.Error.WriteLine($"attractor: no trial completed{(why is null ? "" : $"; the first that failed says: {why}")}");
            return 1;
        }
        if (!json)
            Console.WriteLine($"  next: attractor study report {quoted}");
        return 0;
    }
}
