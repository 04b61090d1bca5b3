using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// Lorenz-63 from x alone, without a delay embedding: the hidden units have to become the variables that nobody recorded. Each window
/// begins with a warm-up that is forced at every step and does not count; after it the data comes every tau steps.
/// </summary>
internal sealed class SingleVariableExperiment(ExperimentSettings settings)
{
    private const int Latent = 10, Hidden = 100, WarmUp = 50, Interval = 20, Sequence = 250, Rows = 100_000, Generated = 100_000;
    private const int LyapunovSteps = 500_000, DrawnPoints = 8000, DrawnSeries = 3000;
    private const double Dt = 0.01, Noise = 0.05, Truth = 0.906, L2 = 0, Allowed = 0.15;

    private readonly long _updates = settings.Updates ?? 50_000;
    private readonly IReadOnlyList<long> _seeds = settings.Seeds ?? [.. Enumerable.Range(1, 10).Select(i => (long)i)];
    private readonly string _report = settings.Output ?? "single-variable.html";

    public JsonObject Run(CancellationToken token)
    {
        TimeSeries train = settings.Data is { } folder
            ? Single(SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt))
            : Single(Lorenz63.Default.Simulate(steps: Rows, dt: Dt).Standardize()).WithNoise(Noise, seed: 1);
        // The delay is chosen on the training data, as everything here is but the last column.
        int lag = MutualInformation.FirstMinimum(MutualInformation.Of(train.Column(0), 200)) ?? 16;
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"x of Lorenz-63 alone, {train.Length:N0} points; {_seeds.Count} clipped shallow PLRNNs (M = {Latent}, L = {Hidden}), "
            + $"{_updates:N0} updates each; delay coordinates with a delay of {lag}"));
        Outcome[] outcomes = new Outcome[_seeds.Count];
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };
        Parallel.For(0, _seeds.Count, cores, i =>
        {
            Outcome o = outcomes[i] = Train(train, lag, _seeds[i], token);
            settings.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {o.Seed,2}: against the training data D_stsp {o.Divergence:F3}, D_H {o.Hellinger:F3}; {o.Crossings} changes of "
                + $"lobe; exponent {o.Exponent:F3}, {100 * Relative(o.Exponent):F0} % off"));
        });
        token.ThrowIfCancellationRequested();
        Outcome best = outcomes.MinBy(o => double.IsNaN(o.Divergence) ? double.PositiveInfinity : o.Divergence)!;
        int succeeded = outcomes.Count(Succeeded);
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"chosen by D_stsp against the training data: seed {best.Seed}, exponent {best.Exponent:F4}, "
            + $"{100 * Relative(best.Exponent):F1} % off; {succeeded} of {outcomes.Length} have two lobes and an exponent within "
            + $"{100 * Allowed:F0} %"));
        Write(train, lag, outcomes, best, succeeded);
        settings.Say($"{_report}: the generated attractor in delay coordinates beside the true one");
        return ToJson(outcomes, best, succeeded, lag);
    }

    private Outcome Train(TimeSeries train, int lag, long seed, CancellationToken token)
    {
        ClippedShallowPlrnn model = new(1, Latent, Hidden, (ulong)seed);
        Training.Fit(
            model, train, new()
            {
                Forcing = TeacherForcing.Sparse(Interval),
                WarmUp = WarmUp,
                SequenceLength = Sequence,
                Updates = _updates,
                Seed = (ulong)seed,
                L2 = L2,
            },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        TimeSeries orbit = model.Generate(train, Generated + (Generated / 4), warmUp: WarmUp).Slice(Generated / 4, Generated);
        if (orbit.FindNonFinite() is not null)
            return new(seed, orbit, double.NaN, double.NaN, 0, double.NaN);
        double[] state = new double[Latent];
        model.Drive(train, 0, WarmUp, state);
        return new(
            seed, orbit,
            StateSpaceDivergence.Between(DelayEmbedding.Of(train, 3, lag), DelayEmbedding.Of(orbit, 3, lag)),
            HellingerDistance.Between(train, orbit),
            Crossings(orbit),
            Lyapunov.Maximum(model, state, LyapunovSteps, 10_000, token) / Dt);
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

    /// <summary>Both lobes are visited, and left again at least every twenty units of time.</summary>
    private static bool HasTwoLobes(Outcome outcome) => outcome.Crossings > Generated * Dt / 20;

    private static bool Succeeded(Outcome outcome) => HasTwoLobes(outcome) && Relative(outcome.Exponent) <= Allowed;

    private static double Relative(double exponent) => Math.Abs(exponent - Truth) / Truth;

    private void Write(TimeSeries train, int lag, Outcome[] outcomes, Outcome best, int succeeded)
    {
        string[] labels = ["x(t)", FormattableString.Invariant($"x(t - {lag})"), FormattableString.Invariant($"x(t - {2 * lag})")];
        double[] time = [.. Enumerable.Range(0, Math.Min(DrawnSeries, train.Length)).Select(t => t * Dt)];
        TableElement table = new(
            ["seed#", "D_stsp, training data#", "D_H, training data#", "changes of lobe#", "exponent#", "off 0.906#", "succeeded"],
            [.. outcomes.Select(o => (IReadOnlyList<string>)
            [
                FormattableString.Invariant($"{o.Seed}{(o == best ? " (chosen)" : "")}"),
                FormattableString.Invariant($"{o.Divergence:F3}"),
                FormattableString.Invariant($"{o.Hellinger:F3}"),
                FormattableString.Invariant($"{o.Crossings}"),
                FormattableString.Invariant($"{o.Exponent:F3}"),
                FormattableString.Invariant($"{100 * Relative(o.Exponent):F0} %"),
                Succeeded(o) ? "yes" : "no",
            ])]);
        new Report(
            "Lorenz-63 from one variable",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Clipped shallow PLRNNs (M = {Latent}, L = {Hidden}) that saw x only, with {100 * Noise:F0} % noise: warm-up of {WarmUp} "
                + $"steps, then the data every {Interval}; {_updates:N0} updates. Chosen on the training data: seed {best.Seed}, largest "
                + $"Lyapunov exponent {best.Exponent:F3} (true {Truth}). {succeeded} of {outcomes.Length} seeds succeeded."),
            [
                new("The attractor in delay coordinates",
                [
                    new Row(
                    [
                        new OrbitFigure("Training data", "", "--true", labels, Points(train, lag)) { Link = "attractor" },
                        new OrbitFigure("Generated", "Drag to turn both.", "--generated", labels, Points(best.Orbit, lag))
                        {
                            Link = "attractor"
                        },
                    ]),
                ]),
                new("In time",
                [
                    new LineFigure("Training data", "", "time", "x", [new("x", "--true", time, [.. train.Column(0).Take(time.Length)])])
                    {
                        Height = 220
                    },
                    new LineFigure(
                        "Generated",
                        "",
                        "time",
                        "x",
                        [new("x", "--generated", time, [.. best.Orbit.Column(0).Take(time.Length)])]) { Height = 220 },
                ]),
                new(
                    "Every seed",
                    [
                        new Paragraph(
                            "A seed succeeded if both lobes are visited and left again, and its exponent is within 15 %. The choice knows "
                            + "the training data only."),
                        table
                    ]),
            ]).Save(_report);
    }

    private static double[][] Points(TimeSeries series, int lag)
    {
        TimeSeries embedded = DelayEmbedding.Of(series, 3, lag);
        return [.. Enumerable.Range(0, Math.Min(DrawnPoints, embedded.Length)).Select(t => embedded.Row(t).ToArray())];
    }

    private JsonObject ToJson(Outcome[] outcomes, Outcome best, int succeeded, int lag) => new()
    {
        ["truth"] = Truth,
        ["chosen_seed"] = best.Seed,
        ["lyapunov_max"] = Json.Number(best.Exponent),
        ["relative_error"] = Json.Number(Relative(best.Exponent)),
        ["two_lobes"] = HasTwoLobes(best),
        ["succeeded"] = succeeded,
        ["delay"] = lag,
        ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
        {
            ["seed"] = o.Seed,
            ["d_stsp_training"] = Json.Number(o.Divergence),
            ["d_hellinger_training"] = Json.Number(o.Hellinger),
            ["lobe_changes"] = o.Crossings,
            ["two_lobes"] = HasTwoLobes(o),
            ["lyapunov_max"] = Json.Number(o.Exponent),
            ["success"] = Succeeded(o),
        })]),
        ["updates"] = _updates,
        ["report"] = _report,
    };

    private sealed record Outcome(long Seed, TimeSeries Orbit, double Divergence, double Hellinger, int Crossings, double Exponent);
}
