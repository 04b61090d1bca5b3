using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// An echo state network on Lorenz-63: its training loss, the trajectory it generates beside the original, and a line search for the fewest
/// units that still predict as well.
/// </summary>
internal sealed class ReservoirExperiment(ExperimentSettings settings)
{
    private const int Rows = 20_000, Training = 10_000, Washout = 1000, Drawn = 10_000, Networks = 5, Seed = 87, LyapunovSteps = 50_000;
    private const double Dt = 0.01, Noise = 0.05, Truth = 0.906, Factor = 1.33, Limit = 1.1, PublishedLoss = 26.18, PublishedUnits = 120;

    private readonly string _report = settings.Output ?? "reservoir.html";
    private readonly ReservoirCandidate _candidate = new(new() { Seed = (ulong)(settings.Seeds?[0] ?? Seed), NumpyRandom = true }, 1e-2);

    public JsonObject Run(CancellationToken token)
    {
        TimeSeries data = settings.Data is { } folder
            ? SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt)
            : Lorenz63.Default.Simulate(steps: Rows, dt: Dt).Standardize().WithNoise(Noise, seed: 1);
        if (data.Length < Rows)
            throw new ArgumentException($"the experiment needs {Rows} rows of data, found {data.Length}");
        data = data.Slice(0, Rows);
        TeachingSeries training = TeachingSeries.NextStep(data.Slice(0, Training + 1)),
            test = TeachingSeries.NextStep(data.Slice(Training, Rows - Training));
        settings.Say(FormattableString.Invariant(
            $"Lorenz-63: {Training:N0} pairs to train on, {Washout:N0} states dropped; {test.Inputs.Length:N0} pairs to test on"));

        EchoStateNetwork network = new(data.Dimension, _candidate.Reservoir);
        ReadoutResult result = ReadoutTraining.Fit(network, [training], cancellationToken: token);
        double error = OneStepError.Of(network, test), later = OneStepError.Of(network, test, Washout);
        settings.Say(FormattableString.Invariant($"training loss {result.Fit.Loss:G12} (document {PublishedLoss} on its own data)"));
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"one-step test MSE {error:G9} from the state 0, {later:G9} after {Washout:N0} steps (document 0.0011 to 0.0016 "
            + $"on its own data)"));
        TimeSeries orbit = network.Generate(data, Drawn, 0, Washout);
        double[] start = FreeRun.StateAt(network, data, Washout);
        double exponent = Lyapunov.Maximum(network, start, LyapunovSteps, Lyapunov.DefaultTransient, token) / Dt;
        settings.Say(
            FormattableString.Invariant($"largest Lyapunov exponent of the closed loop {exponent:F3} per unit of time (Lorenz {Truth})"));

        ReservoirSearch search = new()
        {
            Create = options => new(data.Dimension, options),
            Series = [training],
            Score = trained => OneStepError.Of(trained, test),
            Repetitions = Networks,
        };
        IReadOnlyList<ReservoirTrial> trials = search.Line(_candidate, Factor, Limit, new Reporter(settings), token);
        int fewest = trials[^1].Mean <= Limit * trials[0].Mean || trials.Count == 1
            ? trials[^1].Candidate.Reservoir.Units
            : trials[^2].Candidate.Reservoir.Units;
        settings.Say(FormattableString.Invariant($"{fewest} units still do (document about {PublishedUnits})"));
        Write(data, orbit, result, error, later, exponent, trials, fewest);
        settings.Say($"{_report}: both trajectories, and the error over the number of units");
        return new()
        {
            ["loss"] = Json.Number(result.Fit.Loss),
            ["loss_published"] = PublishedLoss,
            ["test_mse"] = Json.Number(error),
            ["test_mse_after_washout"] = Json.Number(later),
            ["lyapunov_max"] = Json.Number(exponent),
            ["lyapunov_max_true"] = Truth,
            ["fewest_units"] = fewest,
            ["fewest_units_published"] = PublishedUnits,
            ["line_search"] = new JsonArray([.. trials.Select(t => new JsonObject
            {
                ["units"] = t.Candidate.Reservoir.Units,
                ["mean_test_mse"] = Json.Number(t.Mean),
                ["standard_deviation"] = Json.Number(t.StandardDeviation),
                ["scores"] = new JsonArray([.. t.Scores.Select(Json.Number)]),
            })]),
            ["report"] = _report,
        };
    }

    private void Write(
        TimeSeries data,
        TimeSeries orbit,
        ReadoutResult result,
        double error,
        double later,
        double exponent,
        IReadOnlyList<ReservoirTrial> trials,
        int fewest)
    {
        TableElement table = new(
            ["", "document#", "here#"],
            [
                ["training loss", FormattableString.Invariant($"{PublishedLoss}"), FormattableString.Invariant($"{result.Fit.Loss:G10}")],
                ["one-step test MSE, from the state 0", "0.0011 to 0.0016", FormattableString.Invariant($"{error:G6}")],
                [FormattableString.Invariant($"one-step test MSE, after {Washout:N0} steps"), "", FormattableString.Invariant(
                    $"{later:G6}")],
                ["fewest units that still do", FormattableString.Invariant($"about {PublishedUnits}"), FormattableString.Invariant(
                    $"{fewest}")],
                [
                    "largest Lyapunov exponent of the closed loop",
                    FormattableString.Invariant($"{Truth} (Lorenz-63)"),
                    FormattableString.Invariant($"{exponent:F3}")
                ],
            ]);
        TableElement sizes = new(
            ["units M#", "mean test MSE#", "standard deviation#", "of that at the first M#"],
            [.. trials.Select(t => (IReadOnlyList<string>)
            [
                t.Candidate.Reservoir.Units.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"{t.Mean:G5}"),
                FormattableString.Invariant($"{t.StandardDeviation:G3}"), FormattableString.Invariant($"{t.Mean / trials[0].Mean:F3}"),
            ])]);
        new Report(
            "An echo state network on Lorenz-63",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_candidate.Reservoir.Units} units, leak 0.6, spectral radius 0.75, input scale 0.3, bias scale 0.7, ridge 0.01; "
                + $"{Training:N0} pairs, {Washout:N0} states dropped. The document's data are not those used here."),
            [
                new("Table", [table]),
                new("Original and generated", [new Row([
                    Drawing("Original", "The data, measurement noise included.", "--true", data),
                    Drawing("Generated", "The network in closed loop, after a warm-up on the data.", "--generated", orbit)
                ])]),
                new("How many units it takes",
                [
                    new Paragraph(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Networks} networks for each M, M divided by {Factor} until the mean test error is above {Limit} "
                        + $"times that of the first.")),
                    new Row([ErrorBars(trials, logarithmic: false), ErrorBars(trials, logarithmic: true)]),
                    sizes,
                ]),
            ]).Save(_report);
    }

    private static OrbitFigure Drawing(string title, string caption, string color, TimeSeries orbit)
        => new(
            title,
            caption,
            color,
            ["x", "y", "z"],
            [.. Enumerable.Range(0, Math.Min(Drawn, orbit.Length)).Select(t => orbit.Row(t)[..3].ToArray())]);

    private static LineFigure ErrorBars(IReadOnlyList<ReservoirTrial> trials, bool logarithmic)
        => SearchFigures.ErrorBars(
            logarithmic ? "Over a logarithmic axis" : "Over a linear axis", "Mean and standard deviation over the networks.",
            "units M", "one-step test MSE", [.. trials.Select(t => ((double)t.Candidate.Reservoir.Units, t))], logarithmic);

    /// <summary>A line for each size that is done.</summary>
    private sealed class Reporter(ExperimentSettings settings) : IProgress<ReservoirTrial>
    {
        public void Report(ReservoirTrial value) => settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"M = {value.Candidate.Reservoir.Units,3}: test MSE {value.Mean:F6} +- "
            + $"{value.StandardDeviation:F6} over {value.Scores.Count} networks"));
    }
}
