using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study status</c></summary>
internal static class StudyStatusCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("status", "Say where a study stands: trials, workers, the best so far.") { folder, store, json };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            if (parsed.GetValue(json))
                JsonOutput.Print(StudyJson.Status(study));
            else
                Console.WriteLine(StudyJson.StatusText(study));
            return 0;
        });
        return command;
    }
}
