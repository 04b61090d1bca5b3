using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study fetch</c></summary>
internal static class StudyFetchCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<long[]> trial = new("--trial") { Description = "which, may be repeated [all]", HelpName = "number" };
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("fetch", "Write the run folders of trials whose files the store keeps (attractor study create --artifacts).")
        {
            folder, trial, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            long[] asked = parsed.GetValue(trial) ?? [];
            IReadOnlyList<long> fetched = study.Fetch(asked.Length > 0 ? asked : null);
            if (asked.Except(fetched).ToArray() is [var missing, ..])
                throw new ArgumentException(study.Plan.Artifacts
                    ? $"{study.StoreName} keeps no files of trial {missing}: it has not come to a checkpoint yet"
                    : $"{study.StoreName} keeps no files: the study was created without --artifacts, its runs are in the folder");
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject
                {
                    ["study"] = study.Path,
                    ["fetched"] = new JsonArray([.. fetched.Select(n => (JsonNode)n)]),
                });
            else
                Console.WriteLine(FormattableString.Invariant($"{study.Path}: {fetched.Count} trials written"));
            return 0;
        });
        return command;
    }
}
