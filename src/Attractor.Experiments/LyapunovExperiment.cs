using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Dynamics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// The largest Lyapunov exponent of networks trained on Lorenz-63: the norm of the plain product of Jacobians until it overflows,
/// and the stable estimate beside the true 0.906.
/// </summary>
internal sealed class LyapunovExperiment(ExperimentSettings settings)
{
    private const int Latent = 3, Hidden = 100, Rows = 100_000, Steps = 1_000_000, MostProducts = 300_000, DrawnPoints = 2000;
    private const double Dt = 0.01, Noise = 0.05, Truth = 0.906, Alpha = 0.1;
    private const double Overflow = 709.78;

    private readonly long _updates = settings.Updates ?? 250_000;
    private readonly IReadOnlyList<long> _seeds = settings.Seeds ?? [.. Enumerable.Range(1, 10).Select(i => (long)i)];
    private readonly string _report = settings.Output ?? "lyapunov.html";

    public JsonObject Run(CancellationToken token)
    {
        TimeSeries train = settings.Data is { } folder
            ? SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt)
            : Lorenz63.Default.Simulate(steps: Rows, dt: Dt).Standardize().WithNoise(Noise, seed: 1);
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{_seeds.Count} clipped shallow PLRNNs (M = {Latent}, L = {Hidden}), {_updates:N0} updates each; then "
            + $"{Steps:N0} steps of each"));
        Outcome[] outcomes = new Outcome[_seeds.Count];
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };
        Parallel.For(0, _seeds.Count, cores, i =>
        {
            outcomes[i] = Train(train, _seeds[i], token);
            settings.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {_seeds[i],2}: naive product overflows at step {outcomes[i].Naive.Overflow?.ToString("N0", null) ?? "-"}, where it "
                + $"says {outcomes[i].Naive.Exponent / Dt:F3}; stable estimate {outcomes[i].Exponent:F4} +- {outcomes[i].Error:F4}, "
                + $"{100 * Relative(outcomes[i].Exponent):F1} % off"));
        });
        token.ThrowIfCancellationRequested();
        double median = Median.Of([.. outcomes.Select(o => o.Exponent)]);
        settings.Say(FormattableString.Invariant($"median {median:F4}, {100 * Relative(median):F1} % off; truth {Truth}"));
        Write(outcomes, median);
        settings.Say($"{_report}: the norms up to the overflow, and every seed");
        return ToJson(outcomes, median);
    }

    private Outcome Train(TimeSeries train, long seed, CancellationToken token)
    {
        ClippedShallowPlrnn model = new(train.Dimension, Latent, Hidden, (ulong)seed);
        Training.Fit(
            model,
            train,
            new() { Forcing = TeacherForcing.Generalized(Alpha), Updates = _updates, Seed = (ulong)seed },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        double[] start = new double[model.Dimension];
        model.InitialState(train.Row(0), start);
        for (int t = 0; t < Lyapunov.DefaultTransient; t++)
            model.Step(start, start);
        LyapunovSpectrum stable = Lyapunov.Estimate(model, start, Steps, count: 1, cancellationToken: token);
        return new(seed, JacobianProduct.Norms(model, start, MostProducts, token), stable.Exponents[0] / Dt, stable.StandardErrors[0] / Dt);
    }

    private static double Relative(double exponent) => Math.Abs(exponent - Truth) / Truth;

    private void Write(Outcome[] outcomes, double median)
    {
        Outcome first = outcomes[0];
        int length = first.Naive.Norms.Length;
        int[] drawn = [.. Enumerable.Range(0, Math.Min(length, DrawnPoints))
            .Select(i => (int)((long)i * length / Math.Min(length, DrawnPoints)))
            .Append(length - 1)
            .Distinct()];
        double[] time = [.. drawn.Select(i => i + 1.0)], logs = [.. drawn.Select(i => Math.Log(first.Naive.Norms[i]))];
        LineFigure norms = new(
            "The naive product",
            "The norm of the product of all Jacobians so far, every one stored: a straight line in the logarithm until "
            + "the largest number there is.",
            "step t", "ln of the norm",
            [
                new(FormattableString.Invariant($"product, seed {first.Seed}"), "--generated", time, logs),
                new("slope of the stable estimate", "--true", [0, length], [0, first.Exponent * Dt * length]) { Size = 1.2 },
                new("largest float64", "--third", [0, length], [Overflow, Overflow]) { Size = 1 },
            ])
        {
            Mark = first.Naive.Overflow is { } step ? (step, FormattableString.Invariant($"overflow at {step:N0}")) : null,
            Height = 380,
        };
        LineFigure growing = new(
            "What the product says by step t",
            "ln of the norm, over t dt: the naive estimate, for as long as there is one.",
            "step t",
            "exponent per unit of time",
            [
                new("naive estimate", "--generated", time, [.. drawn.Select((t, i) => logs[i] / (t + 1) / Dt)]),
                new("truth", "--true", [1, length], [Truth, Truth]) { Size = 1 },
            ])
        {
            LogX = true,
            Height = 320,
        };
        TableElement table = new(
            ["seed#", "overflow at step#", "naive estimate there#", "stable estimate#", "standard error#", "off the truth#"],
            [.. outcomes.Select(o => (IReadOnlyList<string>)
            [
                FormattableString.Invariant($"{o.Seed}"), o.Naive.Overflow is { } s ? FormattableString.Invariant($"{s:N0}") : "none",
                FormattableString.Invariant($"{o.Naive.Exponent / Dt:F3}"),
                FormattableString.Invariant($"{o.Exponent:F4}"),
                FormattableString.Invariant($"{o.Error:F4}"),
                FormattableString.Invariant($"{100 * Relative(o.Exponent):F1} %"),
            ])]);
        new Report(
            "The largest Lyapunov exponent of trained networks",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Clipped shallow PLRNNs (M = {Latent}, L = {Hidden}) trained on Lorenz-63 with 5 % noise, {_updates:N0} updates each, "
                + $"generalised teacher forcing with alpha = {Alpha}. Median of {outcomes.Length} seeds {median:F3} per "
                + $"unit of time; truth {Truth}."),
            [
                new("The naive product overflows", [norms, growing]),
                new("The stable estimate", [new Paragraph(FormattableString.Invariant(
                    $"One tangent vector, made a unit vector again after every step, over {Steps:N0} steps.")), table]),
            ]).Save(_report);
    }

    private JsonObject ToJson(Outcome[] outcomes, double median) => new()
    {
        ["truth"] = Truth,
        ["lyapunov_max_median"] = Json.Number(median),
        ["relative_error_median"] = Json.Number(Relative(median)),
        ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
        {
            ["seed"] = o.Seed,
            ["overflow_step"] = o.Naive.Overflow,
            ["naive_exponent"] = Json.Number(o.Naive.Exponent / Dt),
            ["lyapunov_max"] = Json.Number(o.Exponent),
            ["standard_error"] = Json.Number(o.Error),
            ["relative_error"] = Json.Number(Relative(o.Exponent)),
        })]),
        ["updates"] = _updates,
        ["steps"] = Steps,
        ["dt"] = Dt,
        ["report"] = _report,
    };

    private sealed record Outcome(long Seed, JacobianProductNorms Naive, double Exponent, double Error);
}
