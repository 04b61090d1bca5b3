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
internal sealed class ReservoirExperiment(ReservoirExperimentSettings settings, ExperimentSession session)
{
    private const int MostDrawn = 10_000, LyapunovSteps = 50_000;
    private const double Dt = 0.01;

    private readonly ReservoirCandidate _candidate = settings.ToCandidate();

    public ExperimentResult Run(CancellationToken token)
    {
        TimeSeries data = settings.Data is { } folder
            ? SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt)
            : Lorenz63.Default.Simulate(steps: settings.Rows, dt: Dt).Standardize()
                .WithNoise(settings.Noise, seed: 1);
        if (data.Length < settings.Rows)
            throw new ArgumentException($"the experiment needs {settings.Rows} rows of data, found {data.Length}");
        data = data.Slice(0, settings.Rows);
        TeachingSeries training = TeachingSeries.NextStep(data.Slice(0, settings.Training + 1)),
            test = TeachingSeries.NextStep(data.Slice(settings.Training, settings.Rows - settings.Training));
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Lorenz-63: {settings.Training:N0} pairs to train on, {settings.Washout:N0} states dropped; {test.Inputs.Length:N0} pairs to "
            + $"test on"));

        EchoStateNetwork network = new(data.Dimension, _candidate.Reservoir);
        ReadoutResult result = ReadoutTraining.Fit(network, [training], FitOptions(), cancellationToken: token);
        // A reservoir that starts from 0 needs its time; a short test has less of it.
        int washout = Math.Min(settings.Washout, test.Inputs.Length / 2);
        double error = OneStepError.Of(network, test), later = OneStepError.Of(network, test, washout);
        int drawn = Math.Min(MostDrawn, settings.Rows / 2);
        TimeSeries orbit = network.Generate(data, drawn, 0, washout);
        double[] start = FreeRun.StateAt(network, data, washout);
        double exponent = Lyapunov.Maximum(network, start, LyapunovSteps, Lyapunov.DefaultTransient, token) / Dt;

        ReservoirSearch search = new()
        {
            Create = options => new(data.Dimension, options),
            Series = [training],
            Score = trained => OneStepError.Of(trained, test),
            Repetitions = settings.Networks,
        };
        IReadOnlyList<ReservoirTrial> trials = search.Line(_candidate, settings.Factor, settings.Limit, new Reporter(session), token);
        int fewest = trials[^1].Mean <= settings.Limit * trials[0].Mean || trials.Count == 1
            ? trials[^1].Candidate.Reservoir.Units
            : trials[^2].Candidate.Reservoir.Units;
        ReservoirMeasurements measured = new(
            result.Fit.Loss,
            error,
            later,
            washout,
            exponent,
            trials,
            fewest,
            NoiseReduction.Of([data])?.Noise.Average(n => n * n) ?? 0,
            (settings.Training - settings.Washout) * data.Dimension,
            settings.AreTheDocuments ? Quiet(token) : null,
            settings.AreTheDocuments && StandInRecording.Is(data));
        return new()
        {
            Title = "An echo state network on Lorenz-63",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.Units} units, leak {settings.Leak}, spectral radius {settings.SpectralRadius}, input scale "
                + $"{settings.InputScale}, "
                + $"bias scale {settings.BiasScale}, ridge {settings.Ridge}; {settings.Training:N0} pairs, {settings.Washout:N0} states "
                + $"dropped."),
            Findings = ReservoirFindings.Of(measured, settings),
            Derivation = ReservoirFindings.Derivation,
            Sections = Sections(data, orbit, drawn, trials),
            Json = new()
            {
                ["loss"] = Json.Number(result.Fit.Loss),
                ["loss_published"] = ReservoirFindings.PublishedLoss,
                ["loss_in_numpy"] = measured.WasDoneInNumpy ? StandInRecording.Loss : null,
                ["test_mse"] = Json.Number(error),
                ["test_mse_in_numpy"] = measured.WasDoneInNumpy ? StandInRecording.Error : null,
                ["test_mse_after_washout"] = Json.Number(later),
                ["loss_with_less_noise"] = measured.Quiet is { } quiet ? Json.Number(quiet.Loss) : null,
                ["test_mse_with_less_noise"] = measured.Quiet is { } less ? Json.Number(less.Error) : null,
                ["noise_mse"] = Json.Number(measured.Noise),
                ["lyapunov_max"] = Json.Number(exponent),
                ["lyapunov_max_true"] = ReservoirFindings.TrueExponent,
                ["fewest_units"] = fewest,
                ["fewest_units_published"] = ReservoirFindings.PublishedUnits,
                ["line_search"] = new JsonArray([.. trials.Select(t => new JsonObject
                {
                    ["units"] = t.Candidate.Reservoir.Units,
                    ["mean_test_mse"] = Json.Number(t.Mean),
                    ["standard_deviation"] = Json.Number(t.StandardDeviation),
                    ["scores"] = new JsonArray([.. t.Scores.Select(Json.Number)]),
                })]),
            },
            Commands =
            [
                ("the same network on data of your own", CommandText.Of(
                    "train esn data.npy",
                    [
                        ("units", settings.Units),
                        ("leak", settings.Leak),
                        ("spectral_radius", settings.SpectralRadius),
                        ("input_scale", settings.InputScale),
                        ("bias_scale", settings.BiasScale),
                        ("ridge", settings.Ridge),
                        ("washout", settings.Washout),
                        ("random", "numpy"),
                        ("seed", settings.Seed)
                    ],
                    "esn-run")),
                ("let it run freely", "attractor generate esn-run --steps 10000 -o orbit.npy"),
            ],
        };
    }

    // What the document's network comes to where the noise is about what its loss speaks of.
    private (double Loss, double Error) Quiet(CancellationToken token)
    {
        TimeSeries data = Lorenz63.Default.Simulate(steps: settings.Rows, dt: Dt).Standardize()
            .WithNoise(ReservoirFindings.QuietNoise, seed: 1);
        EchoStateNetwork network = new(data.Dimension, _candidate.Reservoir);
        double loss = ReadoutTraining.Fit(
            network, [TeachingSeries.NextStep(data.Slice(0, settings.Training + 1))], FitOptions(), cancellationToken: token).Fit.Loss;
        return (loss, OneStepError.Of(
            network, TeachingSeries.NextStep(data.Slice(settings.Training, settings.Rows - settings.Training))));
    }

    private ReadoutOptions FitOptions() => new() { Ridge = settings.Ridge, Washout = settings.Washout };

    private IReadOnlyList<Section> Sections(TimeSeries data, TimeSeries orbit, int drawn, IReadOnlyList<ReservoirTrial> trials)
    {
        TableElement sizes = new(
            ["units M#", "mean test MSE#", "standard deviation#", "of that at the first M#"],
            [.. trials.Select(t => (IReadOnlyList<string>)
            [
                t.Candidate.Reservoir.Units.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"{t.Mean:G5}"),
                FormattableString.Invariant($"{t.StandardDeviation:G3}"), FormattableString.Invariant($"{t.Mean / trials[0].Mean:F3}"),
            ])]);
        return
        [
            new("Original and generated", [new Row(OrbitPair.Of(
                ("Original", "The data, measurement noise included.", Points(data, drawn)),
                ("Generated", "The network in closed loop, after a warm-up on the data. Drag to turn both.", Points(orbit, drawn)),
                ["x", "y", "z"]))]),
            new("How many units it takes",
            [
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{settings.Networks} networks for each M, M divided by {settings.Factor} until the mean test error is above "
                    + $"{settings.Limit} times that of the first.")),
                new Row([ErrorBars(trials, logarithmic: false), ErrorBars(trials, logarithmic: true)]),
                sizes,
            ]),
        ];
    }

    private static double[][] Points(TimeSeries orbit, int drawn)
        => [.. Enumerable.Range(0, Math.Min(drawn, orbit.Length)).Select(t => orbit.Row(t)[..3].ToArray())];

    private static LineFigure ErrorBars(IReadOnlyList<ReservoirTrial> trials, bool logarithmic)
        => SearchFigures.ErrorBars(
            logarithmic ? "Over a logarithmic axis" : "Over a linear axis", "Mean and standard deviation over the networks.",
            "units M", "one-step test MSE", [.. trials.Select(t => ((double)t.Candidate.Reservoir.Units, t))], logarithmic);

    /// <summary>A line for each size that is done.</summary>
    private sealed class Reporter(ExperimentSession session) : IProgress<ReservoirTrial>
    {
        public void Report(ReservoirTrial value) => session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"M = {value.Candidate.Reservoir.Units,3}: test MSE {value.Mean:F6} +- "
            + $"{value.StandardDeviation:F6} over {value.Scores.Count} networks"));
    }
}
