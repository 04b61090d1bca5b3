using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor demo --data FILE</c>: a race on one's own recording, and the report of its winner.</summary>
internal static class OwnDataDemo
{
    public static int Run(
        string data,
        bool updatesGiven,
        string? budget,
        long seed,
        string? output,
        bool overwrite,
        bool json,
        bool quiet,
        CancellationToken token)
    {
        if (updatesGiven)
            throw new ArgumentException("--updates is for the Lorenz attractor: on data of your own a race decides");
        if (seed < 0)
            throw new ArgumentException("--seed must be at least 0");
        string path = output ?? "attractor-demo";
        ModelKind kind = ModelKinds.Find(AutoKind.KindName);
        AutoSettings settings = new() { Model = kind.Name, Data = data, Seed = seed };
        if (budget is not null)
            settings = settings with { Budget = (TimeSpan)kind.Settings.Find("budget")!.Parse(budget)! };
        using TrainingData recording = kind.Read(settings, null, token);
        using Run run = Runs.Run.Prepare(path, settings, recording, resume: false, overwrite: overwrite || output is null);
        run.Begin();
        Outcome outcome = TrainingDisplay.Run<Outcome>(["race"], json || quiet, progress => [run.Train(progress[0], token)])[0];
        if (outcome.Ending == TrainingEnding.Cancelled)
        {
            return StandardError.Cancelled(path);
        }
        Verdict? verdict = RunVerdict.Of(run, recording, outcome.Ending, token);
        string report = Path.Combine(path, "report.html");
        if (outcome.Ending == TrainingEnding.Completed)
            Runs.Run.Open(path).Report(report, cancellationToken: token);
        if (json)
        {
            JsonObject told = outcome.Json;
            RunVerdict.AddTo(told, verdict);
            told["report"] = report;
            JsonOutput.Print(told);
        }
        else
        {
            Console.WriteLine(SettingSentence.Render(outcome.Sentence, OptionName.Of));
            if (verdict is not null)
                Console.WriteLine(RunVerdict.ToText(verdict));
            if (outcome.Ending == TrainingEnding.Completed)
                Console.WriteLine($"{report}: open it in a browser");
        }
        Failures.Note([outcome.Ending]);
        return outcome.Ending == TrainingEnding.Completed && verdict?.Kind is not VerdictKind.Diverged ? 0 : 1;
    }
}
