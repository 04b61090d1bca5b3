using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study rebuild</c></summary>
internal static class StudyRebuildCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("rebuild", "Make the store of a study anew from the folders of its trials; no worker may be at it.")
        {
            folder, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            (Study study, IReadOnlyList<string> leftOut) = Study.Rebuild(
                parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            using Study rebuilt = study;
            foreach (string message in leftOut)
                Console.Error.WriteLine($"left out, and done again: {message}");
            if (parsed.GetValue(json))
            {
                JsonObject status = StudyJson.Status(study);
                status["left_out"] = new JsonArray([.. leftOut.Select(m => (JsonNode?)m)]);
                JsonOutput.Print(status);
            }
            else
            {
                Console.WriteLine(StudyJson.StatusText(study));
            }
            return 0;
        });
        return command;
    }
}
