using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study export</c></summary>
internal static class StudyExportCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        OutputOption output = CommonOptions.OutputFile(
            "the file: .csv (a row for each trial) or .json (as --json) [trials.csv]", ".csv", ".json");
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("export", "Write all trials to a table.") { folder, output, store, json };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            IReadOnlyList<StudyTrial> trials = study.Trials;
            JsonObject all = new()
            {
                ["study"] = study.Path,
                ["trials"] = new JsonArray([.. trials.Select(t => (JsonNode)StudyJson.Of(study, t))]),
            };
            string? named = parsed.GetValue(output);
            string? file = named ?? (parsed.GetValue(json) ? null : "trials.csv");
            if (file is not null)
            {
                bool isTable = Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase);
                byte[] bytes = isTable ? StudyTable.Csv(study, trials) : Json.Bytes(all);
                AtomicFile.Write(file, stream => stream.Write(bytes));
            }
            if (parsed.GetValue(json))
                JsonOutput.Print(all);
            else
                Console.WriteLine(FormattableString.Invariant($"{file}: {trials.Count} trials"));
            return 0;
        });
        return command;
    }
}
