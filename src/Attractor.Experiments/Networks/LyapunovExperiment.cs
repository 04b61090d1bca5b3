using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Dynamics;
using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// The largest Lyapunov exponent of networks trained on Lorenz-63: the norm of the plain product of Jacobians until it leaves the range of
/// numbers, and the stable estimate beside the true 0.906.
/// </summary>
internal sealed class LyapunovExperiment(LyapunovExperimentSettings settings, ExperimentSession session)
{
    private const string Kind = "clipped-shplrnn";

    private readonly TrainedRuns _runs = new(session);

    public ExperimentResult Run(CancellationToken token)
    {
        string train = settings.Data is { } folder
            ? Path.Combine(folder, "train.npy")
            : _runs.Write("train.npy", Lorenz63.Default.Simulate(steps: settings.Rows, dt: NetworkSettings.Dt).Standardize()
                .WithNoise(settings.Noise, seed: 1));
        IReadOnlyList<long> seeds = settings.Seeds;
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds.Count} clipped shallow PLRNNs (L = {settings.Hidden}), {settings.Updates:N0} updates each; then "
            + $"{settings.Steps:N0} steps of each"));
        (LyapunovOutcome[] outcomes, long[] diverged) = _runs.EachSeed(seeds, seed =>
        {
            LyapunovOutcome o = Measure(train, seed, token);
            session.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {o.Seed,2}: naive product {o.Ending}, where it says {o.NaiveExponent:F3}; stable estimate {o.Exponent:F4} +- "
                + $"{o.Error:F4}, {100 * o.OffTheTruth:F1} % off{(o.NotChaotic is { } why ? $"; not chaotic: {why}" : "")}"));
            return o;
        }, token);
        LyapunovOutcome shown = outcomes.FirstOrDefault(o => o.Naive.Overflow is not null) ?? outcomes[0];
        return new()
        {
            Title = "The largest Lyapunov exponent of trained networks",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"Clipped shallow PLRNNs (L = {settings.Hidden}) trained on Lorenz-63 with noise, {settings.Updates:N0} updates each, "
                + $"generalised teacher forcing with alpha = {settings.Alpha}."),
            Findings = LyapunovFindings.Of(outcomes, diverged, shown),
            Derivation = LyapunovFindings.Derivation,
            Sections = Sections(outcomes, shown),
            Json = ToJson(outcomes, diverged),
            Commands =
            [
                ("a network of data of your own", CommandText.Of(
                    $"train {Kind} data.npy",
                    [("hidden", settings.Hidden), ("alpha", settings.Alpha), ("updates", settings.Updates)],
                    "chaos-run")),
                ("its exponents", "attractor lyapunov chaos-run --spectrum"),
                ("the naive product of one of these", $"attractor lyapunov {RunCommands.Quote(shown.Run)} --naive"),
            ],
        };
    }

    private LyapunovOutcome Measure(string train, long seed, CancellationToken token)
    {
        Run run = _runs.Train(FormattableString.Invariant($"seed-{seed}"), Kind, train, settings.ToNetwork(seed), token);
        RecurrentModel model = (RecurrentModel)run.Trained.Model;
        TimeSeries data = run.Trained.TrainingData();
        double[] start = new double[model.Dimension];
        model.InitialState(data.Row(0), start);
        for (int t = 0; t < Lyapunov.DefaultTransient; t++)
            model.Step(start, start);
        LyapunovSpectrum stable = Lyapunov.Estimate(model, start, settings.Steps, count: 1, cancellationToken: token);
        return new(
            seed,
            run.Path,
            JacobianProduct.Norms(model, start, settings.Products, token),
            stable.Exponents[0] / NetworkSettings.Dt,
            stable.StandardErrors[0] / NetworkSettings.Dt,
            Verdict.Of(model, data, token));
    }

    private IReadOnlyList<Section> Sections(LyapunovOutcome[] outcomes, LyapunovOutcome shown) =>
    [
        new("The naive product", NaiveProduct.Figures(
            shown.Naive, shown.Exponent * NetworkSettings.Dt, NetworkSettings.Dt, NetworkSettings.TrueExponent,
            FormattableString.Invariant($"product, seed {shown.Seed}"))),
        new("The stable estimate",
        [
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"One tangent vector, made a unit vector again after every step, over {settings.Steps:N0} steps. Where an orbit is not "
                + $"chaotic the two estimates need not agree: the naive one stops where the range of numbers ends, within the transient, "
                + $"the stable one goes on.")),
            new TableElement(
                ["seed#", "naive product", "says there#", "stable estimate#", "standard error#", "off the truth#", "what the network does"],
                [.. outcomes.Select(o => (IReadOnlyList<string>)
                [
                    FormattableString.Invariant($"{o.Seed}"),
                    o.Ending,
                    FormattableString.Invariant($"{o.NaiveExponent:F3}"),
                    FormattableString.Invariant($"{o.Exponent:F4}"),
                    FormattableString.Invariant($"{o.Error:F4}"),
                    FormattableString.Invariant($"{100 * o.OffTheTruth:F1} %"),
                    o.NotChaotic is { } why ? $"not chaotic: {why}" : o.Verdict.Name,
                ])]),
        ]),
    ];

    private JsonObject ToJson(LyapunovOutcome[] outcomes, long[] diverged)
    {
        double median = Median.Of([.. outcomes.Select(o => o.Exponent)]);
        return new()
        {
            ["truth"] = NetworkSettings.TrueExponent,
            ["lyapunov_max_median"] = Json.Number(median),
            ["relative_error_median"] = Json.Number(Math.Abs(median - NetworkSettings.TrueExponent) / NetworkSettings.TrueExponent),
            ["seeds"] = new JsonArray([.. outcomes.Select(o => new JsonObject
            {
                ["seed"] = o.Seed,
                ["run"] = o.Run,
                ["overflow_step"] = o.Naive.Overflow,
                ["underflow_step"] = o.Naive.Underflow,
                ["naive_exponent"] = Json.Number(o.NaiveExponent),
                ["lyapunov_max"] = Json.Number(o.Exponent),
                ["standard_error"] = Json.Number(o.Error),
                ["relative_error"] = Json.Number(o.OffTheTruth),
                ["chaotic"] = o.NotChaotic is null,
                ["verdict"] = o.Verdict.Sentence,
            })]),
            ["diverged_seeds"] = new JsonArray([.. diverged.Select(d => JsonValue.Create(d))]),
            ["updates"] = settings.Updates,
            ["steps"] = settings.Steps,
            ["dt"] = NetworkSettings.Dt,
        };
    }
}
