using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study work</c>: one worker, as a scheduler starts many of.</summary>
internal static class StudyWorkCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<long?> most = new("--most") { Description = "trials to end at most [all]", HelpName = "n" };
        Option<bool> leave = new("--leave")
        {
            Description = "end when nothing is left to take, without waiting for the trials of other workers, which may be lost",
        };
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("work", "Be one worker of a study: take trials, train, score, until there are none.")
        {
            folder, most, leave, store, json,
        };
        command.SetCancellableAction((parsed, token) =>
        {
            if (parsed.GetValue(most) <= 0)
                throw new ArgumentException("--most must be positive");
            bool silent = parsed.GetValue(json) || parsed.GetValue(CommonOptions.Quiet);
            using Study study = Study.Open(
                parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)), new(silent ? null : ErrorLines.Instance, token));
            StudyWork work = new()
            {
                Most = parsed.GetValue(most),
                Waits = !parsed.GetValue(leave),
                Messages = silent ? null : ErrorLines.Instance,
            };
            long ended = study.Run(work, token);
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject { ["study"] = study.Path, ["ended"] = ended });
            else if (!silent)
                Console.WriteLine(FormattableString.Invariant($"{study.Path}: {ended} trials ended by this worker"));
            return token.IsCancellationRequested ? 130 : 0;
        });
        return command;
    }
}
