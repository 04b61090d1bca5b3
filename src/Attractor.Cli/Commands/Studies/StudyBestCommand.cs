using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study best</c></summary>
internal static class StudyBestCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        OutputOption output = CommonOptions.OutputFile(
            "a file for the settings of the best, to train with: attractor train MODEL DATA --config FILE", ".json");
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("best", "Show the best trial, of several objectives the Pareto front.") { folder, output, store, json };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            IReadOnlyList<StudyTrial> best = StudyRanking.Best(study, study.Trials);
            string? file = parsed.GetValue(output);
            if (file is not null && best.Count > 0)
            {
                byte[] bytes = Json.Bytes(StudyText.Settings(study, best[0]));
                AtomicFile.Write(file, stream => stream.Write(bytes));
            }
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject
                {
                    ["study"] = study.Path,
                    ["objectives"] = new JsonArray([.. study.Plan.Objectives.Select(o => (JsonNode?)o.ToString())]),
                    ["best"] = new JsonArray([.. best.Select(t => (JsonNode)StudyJson.Of(study, t))]),
                    ["config"] = best.Count > 0 ? file : null,
                });
            else
                Print(study, best, file);
            if (best.Count > 0)
                return 0;
            Console.Error.WriteLine(
                $"attractor: no trial of {study.Path} has completed: attractor study status {RunCommands.Quote(study.Path)}");
            return 1;
        });
        return command;
    }

    private static void Print(Study study, IReadOnlyList<StudyTrial> best, string? file)
    {
        foreach (StudyTrial trial in best)
            Console.WriteLine($"{StudyJson.Line(study, trial)}\n  {study.FolderOf(trial.Number)}");
        if (best.Count == 0)
            return;
        string data = study.Plan.Data is { Length: > 0 } named ? RunCommands.Quote(named) + " " : "";
        Console.WriteLine(file is null
            ? $"  next: attractor report {RunCommands.Quote(study.FolderOf(best[0].Number))}"
            : $"{file}: its settings\n  next: attractor train {study.Plan.Model} {data}--config {RunCommands.Quote(file)} -o RUN");
    }
}
