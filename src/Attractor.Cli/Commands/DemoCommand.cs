using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor demo</c>: the main job on data of its own.</summary>
internal static class DemoCommand
{
    private const int Rows = 100_000;
    private const long DefaultUpdates = 60_000;
    private const double Dt = 0.01, Noise = 0.05, TrueExponent = 0.906;

    // Long enough for the exponent's statistical error to be about one percent.
    private const int LyapunovSteps = 1_000_000;

    public static Command Create()
    {
        Option<long> updates = new("--updates")
        {
            Description = "gradient steps",
            DefaultValueFactory = _ => DefaultUpdates,
            HelpName = "n"
        };
        Option<long> seed = new("--seed") { Description = "seed of everything", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<string?> output = CommonOptions.OutputFolder("the folder [attractor-demo, replaced if it is there]");
        Option<bool> overwrite = new("--overwrite") { Description = "replace what is in a folder named by -o" };
        Option<string?> data = new("--data")
        {
            Description = "a recording of your own instead: models race, and the best is reported",
            HelpName = "file"
        };
        Option<string?> budget = new("--budget") { Description = "what the race may take, such as 5m [60s]", HelpName = "time" };
        Option<bool> json = CommonOptions.Json();
        Command command = new("demo", "Reconstruct the Lorenz attractor from a noisy recording, with a report.")
        {
            updates, seed, data, budget, output, overwrite, json
        };
        command.SetCancellableAction((parsed, token) => parsed.GetValue(data) is { } own ? OwnDataDemo.Run(
            own,
            parsed.GetResult(updates) is { Implicit: false },
            parsed.GetValue(budget),
            parsed.GetValue(seed),
            parsed.GetValue(output),
            parsed.GetValue(overwrite),
            parsed.GetValue(json),
            parsed.GetValue(CommonOptions.Quiet),
            token) : parsed.GetValue(budget) is not null ? throw new ArgumentException("--budget is for --data: a race") : Learn(
            parsed.GetValue(updates),
            parsed.GetValue(seed),
            parsed.GetValue(output),
            parsed.GetValue(overwrite),
            parsed.GetValue(json),
            parsed.GetValue(CommonOptions.Quiet),
            token));
        return command;
    }

    private static int Learn(long updates, long seed, string? output, bool overwrite, bool json, bool quiet, CancellationToken token)
    {
        if (updates < 1 || seed < 0)
            throw new ArgumentException("--updates must be positive, --seed at least 0");
        long start = Stopwatch.GetTimestamp();
        string path = output ?? "attractor-demo";
        bool silent = json || quiet;
        Say(silent, $"Lorenz-63: {Rows:N0} points to learn from, with {100 * Noise:F0} % noise, and as many to be judged by.");

        // One orbit in one set of units; the truth comes long after the data.
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: (2 * Rows) + 10_000, dt: Dt, seed: (ulong)seed).Standardize();
        TimeSeries truth = orbit.Slice(Rows + 10_000, Rows), data = orbit.Slice(0, Rows).WithNoise(Noise, (ulong)seed);
        RecurrentSettings settings = new()
        {
            Model = "shplrnn",
            Data = Path.Combine(path, "train.npy"),
            // Of more, the Jacobian differs less from one region to the next: the exponent is nearer, for three times the time.
            Hidden = 300,
            Updates = updates,
            Seed = seed,
            Dt = Dt,
        };
        using SeriesData recording = new([data]);
        using Run run = Run.Prepare(path, settings, recording, resume: false, overwrite: overwrite || output is null);
        run.Begin();
        SeriesFile.Write(settings.Data, data);
        SeriesFile.Write(Path.Combine(path, "test.npy"), truth);
        Outcome outcome = TrainingDisplay.Run<Outcome>(["training"], silent, progress => [run.Train(progress[0], token)])[0];
        if (outcome.Ending == TrainingEnding.Cancelled)
        {
            return StandardError.Cancelled(path);
        }
        IGenerativeModel model = (IGenerativeModel)run.Model;
        double training = outcome.Json["seconds"]!.GetValue<double>();
        Say(silent, FormattableString.Invariant(
            $"Trained {model.ParameterCount} parameters: {outcome.Json["updates"]!.GetValue<long>():N0} updates in {training:F1} s."));

        EvaluationOptions options = new() { LyapunovSteps = LyapunovSteps };
        StandardizedMap system = new(Lorenz63.Default.ToMap(Dt), orbit.Standardization!);
        ModelEvaluation scores = Reconstruction.Evaluate(model, truth, options, NoiseFloors.OfSystem(truth, system, options, token), token);
        Verdict verdict = Verdict.Of(model, truth, token).Beside(scores);
        string report = Path.Combine(path, "report.html");
        OwnRests? own = RunReport.Write(
            report, "The Lorenz attractor, learnt from a noisy recording", model, truth, scores, RunFolder.ReadLosses(path),
            RunFolder.ReadConfig(path),
            [("do this again", Again(updates, seed, output)), .. RunCommands.ForReport(path, run.Settings)],
            TrueExponent,
            verdict,
            learntFrom: data);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (json)
        {
            JsonObject scored = ModelScores.ToJson(scores, Dt);
            RunVerdict.AddTo(scored, verdict);
            if (own is not null)
                scored["stable_where_data_never_rest"] = new JsonObject
                {
                    ["fixed_points"] = own.FixedPoints.Count,
                    ["cycles"] = own.Cycles.Count,
                };
            scored["report"] = report;
            scored["run"] = path;
            scored["training_seconds"] = Json.Number(training);
            scored["seconds"] = Json.Number(seconds);
            JsonOutput.Print(scored);
        }
        else
        {
            Console.WriteLine(ModelScores.ToText(scores, Dt) + FormattableString.Invariant($" (Lorenz: {TrueExponent})"));
            Console.WriteLine(RunVerdict.ToText(verdict));
            if (own?.ToString() is { Length: > 0 } sentence)
                Console.WriteLine(sentence);
            if (updates >= DefaultUpdates && !(scores.StateSpaceDivergence.Value < 1))
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"This network left the attractor for a cycle: about one seed in ten does, and no training loss "
                    + $"tells. Try --seed {seed + 1}."));
            Console.WriteLine(FormattableString.Invariant(
                $"{report}: open it in a browser ({seconds:F0} s in all)\n  next: attractor train shplrnn YOUR-DATA.npy -o RUN"));
        }
        Failures.Note([outcome.Ending]);
        return outcome.Ending == TrainingEnding.Diverged || !scores.Finite ? 1 : 0;
    }

    private static string Again(long updates, long seed, string? output) => FormattableString.Invariant($"attractor demo --seed {seed}")
        + (updates == DefaultUpdates ? "" : FormattableString.Invariant($" --updates {updates}"))
        + (output is null ? "" : $" -o {RunCommands.Quote(output)} --overwrite");

    private static void Say(bool silent, string sentence)
    {
        if (!silent)
            Console.WriteLine(sentence);
    }
}
