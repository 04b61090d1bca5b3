using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// Lorenz-63 from x alone, without a delay embedding: the hidden units have to become the variables that nobody recorded. Each window
/// begins with a warm-up that is forced at every step and does not count; after it the data comes every tau steps.
/// </summary>
internal sealed class SingleVariableExperiment(SingleVariableSettings settings, ExperimentSession session)
{
    private const string Kind = "clipped-shplrnn";
    private const int DrawnPoints = 8000, DrawnSeries = 3000;

    private readonly TrainedRuns _runs = new(session);

    public ExperimentResult Run(CancellationToken token)
    {
        string file = settings.Data is { } folder
            ? Path.Combine(folder, "train.npy")
            : _runs.Write("x.npy", Single(
                Lorenz63.Default.Simulate(steps: settings.Rows, dt: NetworkSettings.Dt).Standardize())
                .WithNoise(settings.Noise, seed: 1));
        TimeSeries train = Single(SeriesFile.Read(file, NetworkSettings.Dt));
        // The delay is chosen on the training data, as everything here is but the last column.
        int lag = MutualInformation.FirstMinimum(MutualInformation.Of(train.Column(0), 200)) ?? 16;
        IReadOnlyList<long> seeds = settings.Seeds;
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"x of Lorenz-63 alone, {train.Length:N0} points; {seeds.Count} clipped shallow PLRNNs (M = {settings.Latent}, L = "
            + $"{settings.Hidden}), {settings.Updates:N0} updates each; delay coordinates with a delay of {lag}"));
        (SingleVariableOutcome[] outcomes, long[] diverged) = _runs.EachSeed(seeds, seed =>
        {
            SingleVariableOutcome o = Train(file, train, lag, seed, token);
            session.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {o.Seed,2}: against the training data D_stsp {o.Divergence:F3}, D_H {o.Hellinger:F3}; {o.Crossings} changes of "
                + $"lobe; exponent {o.Exponent:F3}, {100 * o.OffTheTruth:F0} % off"));
            return o;
        }, token);
        SingleVariableOutcome best = outcomes.MinBy(o => double.IsNaN(o.Divergence) ? double.PositiveInfinity : o.Divergence)!;
        return new()
        {
            Title = "Lorenz-63 from one variable",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"Clipped shallow PLRNNs (M = {settings.Latent}, L = {settings.Hidden}) that saw x only: warm-up of {settings.WarmUp} "
                + $"steps, then the data every {settings.Interval}; {settings.Updates:N0} updates."),
            Findings = SingleVariableFindings.Of(outcomes, diverged, best),
            Derivation = SingleVariableFindings.Derivation,
            Sections = Sections(train, lag, outcomes, best),
            Json = ToJson(outcomes, diverged, best, lag),
            Commands =
            [
                ("the same of one column of data of your own", CommandText.Of(
                    $"train {Kind} data.npy",
                    [
                        ("columns", 1),
                        ("forcing", "stf"),
                        ("interval", settings.Interval),
                        ("warm_up", settings.WarmUp),
                        ("sequence", settings.Sequence),
                        ("latent", settings.Latent),
                        ("hidden", settings.Hidden),
                        ("updates", settings.Updates)
                    ],
                    "single-run")),
                ("let the chosen network run after a warm-up", CommandText.Of(
                    $"generate {RunCommands.Quote(best.Run)}", [("warm_up", settings.WarmUp), ("steps", 10_000)], "orbit.npy")),
                ("its exponents", $"attractor lyapunov {RunCommands.Quote(best.Run)}"),
            ],
        };
    }

    private SingleVariableOutcome Train(string file, TimeSeries train, int lag, long seed, CancellationToken token)
    {
        Run run = _runs.Train(FormattableString.Invariant($"seed-{seed}"), Kind, file, settings.ToNetwork(seed), token);
        RecurrentModel model = (RecurrentModel)run.Trained.Model;
        int transient = settings.Generated / 4;
        TimeSeries orbit = model.Generate(train, settings.Generated + transient, warmUp: settings.WarmUp)
            .Slice(transient, settings.Generated);
        if (orbit.FindNonFinite() is not null)
            return new(seed, run.Path, orbit, double.NaN, double.NaN, 0, double.NaN);
        double[] state = new double[model.Latent];
        model.Drive(train, 0, settings.WarmUp, state);
        return new(
            seed, run.Path, orbit,
            StateSpaceDivergence.Between(DelayEmbedding.Of(train, 3, lag), DelayEmbedding.Of(orbit, 3, lag)),
            HellingerDistance.Between(train, orbit),
            Crossings(orbit),
            Lyapunov.Maximum(model, state, settings.Steps, 10_000, token) / NetworkSettings.Dt);
    }

    private static TimeSeries Single(TimeSeries series) => new(series.Column(0), 1, series.Dt, ["x"]);

    /// <summary>How often the orbit changes from one lobe to the other: x passes 0.</summary>
    private static int Crossings(TimeSeries orbit)
    {
        int crossings = 0;
        for (int t = 1; t < orbit.Length; t++)
            crossings += orbit[t - 1, 0] < 0 != orbit[t, 0] < 0 ? 1 : 0;
        return crossings;
    }

    private static IReadOnlyList<Section> Sections(
        TimeSeries train, int lag, SingleVariableOutcome[] outcomes, SingleVariableOutcome best)
    {
        string[] labels = ["x(t)", FormattableString.Invariant($"x(t - {lag})"), FormattableString.Invariant($"x(t - {2 * lag})")];
        double[] time = [.. Enumerable.Range(0, Math.Min(DrawnSeries, Math.Min(train.Length, best.Orbit.Length)))
            .Select(t => t * NetworkSettings.Dt)];
        TableElement table = new(
            ["seed#", "D_stsp, training data#", "D_H, training data#", "changes of lobe#", "exponent#", "off 0.906#", "succeeded"],
            [.. outcomes.Select(o => (IReadOnlyList<string>)
            [
                FormattableString.Invariant($"{o.Seed}{(o == best ? " (chosen)" : "")}"),
                FormattableString.Invariant($"{o.Divergence:F3}"),
                FormattableString.Invariant($"{o.Hellinger:F3}"),
                FormattableString.Invariant($"{o.Crossings}"),
                FormattableString.Invariant($"{o.Exponent:F3}"),
                FormattableString.Invariant($"{100 * o.OffTheTruth:F0} %"),
                o.Succeeded ? "yes" : "no",
            ])]);
        return
        [
            new("The attractor in delay coordinates", [new Row(OrbitPair.Of(
                ("Training data", "Noise included.", Points(train, lag)),
                ("Generated", "Drag to turn both.", Points(best.Orbit, lag)),
                labels))]),
            new("In time", [Series("Training data", "--true", train), Series("Generated", "--generated", best.Orbit)]),
            new(
                "Every seed",
                [
                    new Paragraph(
                        "A seed succeeded if both lobes are visited and left again, and its exponent is within 15 %. The choice knows "
                        + "the training data only."),
                    table
                ]),
        ];

        LineFigure Series(string title, string color, TimeSeries series)
            => new(title, "", "time", "x", [new("x", color, time, [.. series.Column(0).Take(time.Length)])]) { Height = 220 };
    }

    private static double[][] Points(TimeSeries series, int lag)
    {
        TimeSeries embedded = DelayEmbedding.Of(series, 3, lag);
        return [.. Enumerable.Range(0, Math.Min(DrawnPoints, embedded.Length)).Select(t => embedded.Row(t).ToArray())];
    }

    private JsonObject ToJson(SingleVariableOutcome[] outcomes, long[] diverged, SingleVariableOutcome best, int lag) => new()
    {
        ["truth"] = NetworkSettings.TrueExponent,
        ["chosen_seed"] = best.Seed,
        ["chosen_run"] = best.Run,
        ["lyapunov_max"] = Json.Number(best.Exponent),
        ["relative_error"] = Json.Number(best.OffTheTruth),
        ["two_lobes"] = best.HasTwoLobes,
        ["succeeded"] = outcomes.Count(o => o.Succeeded),
        ["delay"] = lag,
        ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
        {
            ["seed"] = o.Seed,
            ["run"] = o.Run,
            ["d_stsp_training"] = Json.Number(o.Divergence),
            ["d_hellinger_training"] = Json.Number(o.Hellinger),
            ["lobe_changes"] = o.Crossings,
            ["two_lobes"] = o.HasTwoLobes,
            ["lyapunov_max"] = Json.Number(o.Exponent),
            ["success"] = o.Succeeded,
        })]),
        ["diverged_seeds"] = new JsonArray([.. diverged.Select(d => JsonValue.Create(d))]),
        ["updates"] = settings.Updates,
    };
}
