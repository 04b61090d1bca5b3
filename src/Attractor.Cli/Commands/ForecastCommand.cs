using System.CommandLine;
using Attractor.Cli.Output;
using Attractor.Forecasting;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor forecast</c></summary>
internal static class ForecastCommand
{
    private const int DefaultSteps = 1000;
    private const string Customary = "forecast.csv";

    public static Command Create()
    {
        Argument<string> source = CommonOptions.Recording("data");
        Option<int> steps = new("--steps", "-n")
        {
            Description = "rows of the forecast",
            DefaultValueFactory = _ => DefaultSteps,
            HelpName = "n"
        };
        Option<int?> context = new("--context")
        {
            Description = "the last rows of the data that serve [all of them; of a system or a run 2000]",
            HelpName = "n"
        };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string?> only = new("--only")
        {
            Description = $"the candidates that take part, with commas between them [{string.Join(",", Names())}]",
            HelpName = "a,b"
        };
        Option<string?> weights = new("--weights")
        {
            Description = "a zero-shot model that then takes part as dynamix: a run of train zero-shot, its model, or JSON of DynaMix",
            HelpName = "file"
        };
        Option<double> noise = new("--noise")
        {
            Description = "what the noise of a DynaMix model is multiplied by; 0 for the deterministic map",
            DefaultValueFactory = _ => 1,
            HelpName = "x"
        };
        Option<long> seed = new("--seed") { Description = "seed of that noise", DefaultValueFactory = _ => 0, HelpName = "n" };
        Option<double> coverage = new("--coverage")
        {
            Description = "the share of values that the intervals are to hold",
            DefaultValueFactory = _ => new ForecastOptions().Coverage,
            HelpName = "p"
        };
        OutputOption output = CommonOptions.OutputFile(
            $"the file to write, {DataFiles.Written} [{Customary}]", Customary, OutputOption.Series);
        OutputOption intervals = new("--intervals", OutputOption.Series)
        {
            Description = "a file of the lower and the upper ends of the intervals",
            HelpName = "path"
        };
        OutputOption equations = new("--equations", [".ode"])
        {
            Description = "a file of the identified differential equations, which attractor simulate reads",
            HelpName = "path"
        };
        OutputOption report = CommonOptions.Report("an HTML page: context, forecast and intervals, the attractors, the candidates");
        Option<bool> json = CommonOptions.Json();
        Command command = new("forecast", "Forecast what follows data, without training: the best of several methods on their tail.")
        {
            source, steps, context, dt
        };
        DataOptions data = new(command);
        foreach (Option option in (Option[])[only, weights, noise, seed, coverage, output, intervals, equations, report, json])
            command.Add(option);
        command.SetCancellableAction((parsed, token) =>
        {
            ForecastRequest request = new()
            {
                Source = parsed.GetValue(source)!,
                Steps = Positive(parsed.GetValue(steps), "--steps"),
                Context = parsed.GetValue(context) is { } rows ? Positive(rows, "--context") : null,
                Dt = parsed.GetValue(dt),
                Selection = data.Given(parsed),
                Options = new()
                {
                    Coverage = parsed.GetValue(coverage),
                    Candidates = Candidates(
                        parsed.GetValue(only), Weighted(parsed.GetValue(weights), parsed.GetValue(noise), parsed.GetValue(seed))),
                },
                File = parsed.GetValue(output) ?? Customary,
                Intervals = parsed.GetValue(intervals),
                Equations = parsed.GetValue(equations),
                Report = parsed.GetValue(report),
            };
            if (request.Options.Coverage is not (>= 0.5 and <= 0.99))
                throw new ArgumentException(FormattableString.Invariant($"--coverage must be 0.5 to 0.99, not {request.Options.Coverage}"));
            (Recording recording, TimeSeries series) = ForecastRun.Read(request);
            DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
            ForecastRun run = ForecastRun.Make(request, recording, series, token);
            if (parsed.GetValue(json))
                JsonOutput.Print(ForecastJson.Of(run, OptionName.Of));
            else
                Console.WriteLine(string.Join('\n', ForecastText.Lines(run)));
            return 0;
        });
        return command;
    }

    private static IEnumerable<string> Names() => ForecastCandidates.All.Select(candidate => candidate.Name);

    private static int Positive(int value, string option)
        => value > 0 ? value : throw new ArgumentException($"{option} must be positive, not {value}");

    private static DynaMixCandidate? Weighted(string? file, double noise, long seed)
    {
        if (!(noise >= 0) || !double.IsFinite(noise))
            throw new ArgumentException(FormattableString.Invariant($"--noise must be a number of at least 0, not {noise}"));
        return file is null ? null : new(ZeroShotWeights.Read(file), noise, (ulong)seed);
    }

    private static ForecastCandidate[]? Candidates(string? only, DynaMixCandidate? weighted)
    {
        if (only is null)
            return weighted is null ? null : [.. ForecastCandidates.All, weighted];
        return [.. only.Split(',', StringSplitOptions.TrimEntries).Distinct()
            .Select(name => name == weighted?.Name ? weighted : name == "dynamix"
                ? throw new ArgumentException("dynamix needs weights: name their file by --weights")
                : ForecastCandidates.Find(name))];
    }
}
