using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// Sparse teacher forcing of the shallow PLRNN: a delay-embedded Lorenz system at tau = 16, and the U-curve of D_stsp over tau.
/// </summary>
internal sealed class TeacherForcingExperiment(ExperimentSettings settings)
{
    private const int DelayLatent = 20, Hidden = 100, DelayInterval = 16, Rows = 50_000;

    // The delay-embedded recording is the harder one, and the network larger.
    private const int DelayPatience = 5;

    // Near the first minimum of the mutual information of x.
    private const int Lag = 16;
    private const double Dt = 0.01, Noise = 0.05;

    private static readonly int[] s_intervals = [1, 2, 4, 8, 16, 32, 64, 128];

    private readonly long _updates = settings.Updates ?? 20_000;
    private readonly IReadOnlyList<long> _seeds = settings.Seeds ?? [1, 2, 3];
    private readonly string _report = settings.Output ?? "teacher-forcing.html";

    public JsonObject Run(CancellationToken token)
    {
        (TimeSeries train, TimeSeries test) = Load(settings.DelayData, embedded: true);
        settings.Say($"delay-embedded Lorenz-63, sparse forcing every {DelayInterval} steps");
        (RecurrentModel model, TrainingResult result) = Train(
            train, DelayLatent, DelayInterval, DelayPatience * _updates, _seeds[0], token);
        ModelEvaluation delay = Reconstruction.Evaluate(model, test, cancellationToken: token);

        // The document's long run starts with the unobserved units at zero.
        model.Parameters.Set("L", new double[(model.Latent - model.Observed) * model.Observed]);
        TimeSeries orbit = ComparedOrbit.Against(test, model, token);
        Reconstruction scores = Reconstruction.Compare(test, orbit, cancellationToken: token);
        delay = delay with { Generated = orbit, Scores = [.. scores.Scores, .. delay.Scores.Skip(scores.Scores.Count)] };
        settings.Say(ModelScores.ToText(delay, Dt));

        (TimeSeries lorenz, TimeSeries truth) = Load(settings.Data, embedded: false);
        double[][] curve = Curve(lorenz, truth, token);
        Write(model, result, test, delay, curve);
        settings.Say($"{_report}: the attractor beside its reconstruction, and the U-curve");
        return ToJson(delay, curve);
    }

    // D_stsp by interval and seed; NaN where the orbit diverges.
    private double[][] Curve(TimeSeries train, TimeSeries test, CancellationToken token)
    {
        double[][] curve = [.. s_intervals.Select(_ => new double[_seeds.Count])];
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = token };
        Parallel.For(0, s_intervals.Length * _seeds.Count, cores, i =>
        {
            (int interval, int seed) = (i / _seeds.Count, i % _seeds.Count);
            (RecurrentModel model, _) = Train(train, train.Dimension, s_intervals[interval], _updates, _seeds[seed], token);
            double divergence = StateSpaceDivergence.Between(test, ComparedOrbit.Against(test, model, token));
            curve[interval][seed] = divergence;
            settings.Say(FormattableString.Invariant($"tau {s_intervals[interval],3}, seed {_seeds[seed]}: D_stsp {divergence:G4}"));
        });
        return curve;
    }

    private static (RecurrentModel Model, TrainingResult Result) Train(
        TimeSeries series, int latent, int interval, long steps, long seed, CancellationToken token)
    {
        ShallowPlrnn model = new(series.Dimension, latent, Hidden, (ulong)seed);
        TrainingResult result = Training.Fit(
            model, series, new()
            {
                Forcing = TeacherForcing.Sparse(interval),
                Updates = steps,
                Seed = (ulong)seed,
                LearningRate = LearningRateSchedule.Exponential(5e-3, 1e-6),
            },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return (model, result);
    }

    private static (TimeSeries Train, TimeSeries Test) Load(string? folder, bool embedded)
    {
        if (folder is not null)
            return (SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt), SeriesFile.Read(Path.Combine(folder, "test.npy"), Dt));
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: (2 * Rows) + 5000, dt: Dt).Standardize();
        if (embedded)
            orbit = DelayEmbedding.Of(orbit, dimension: 3, delay: Lag);
        return (orbit.Slice(0, Rows).WithNoise(Noise, seed: 1), orbit.Slice(orbit.Length - Rows, Rows));
    }

    private void Write(RecurrentModel model, TrainingResult result, TimeSeries truth, ModelEvaluation delay, double[][] curve)
    {
        Report delayReport = new ReconstructionReport
        {
            Title = "",
            Subtitle = "",
            Truth = truth,
            Generated = delay.Generated,
            Losses = result.Losses,
            Forecast = TypicalForecast.Of(model, truth),
            Scores = ScoreRows.Of(delay, Dt, 0.906),
        }.ToReport();
        double[] tau = [.. s_intervals.Select(t => (double)t)];
        LineFigure figure = new(
            "State-space divergence over the forcing interval",
            "Forced too often, the network never learns to run by itself; too seldom, gradients explode. Orbits that diverge are left out.",
            "forcing interval tau, steps", "D_stsp",
            [
                new("median", "--true", tau, [.. curve.Select(Median.Of)]) { Style = CurveStyle.LinesAndDots },
                .. _seeds.Select((seed, i) => new Curve(
                    FormattableString.Invariant($"seed {seed}"),
                    "--generated",
                    tau,
                    [.. curve.Select(c => c[i])]) { Style = CurveStyle.Dots, Size = 5 }),
            ])
        {
            LogX = true,
            LogY = true,
            XTicks = tau,
            Height = 360,
        };
        new Report(
            "Sparse teacher forcing of the shallow PLRNN",
            string.Create(
                CultureInfo.InvariantCulture,
                $"D_stsp over the forcing interval tau on the three variables of Lorenz-63 (M = 3, L = {Hidden}, {_updates:N0} updates), "
                + $"and a delay-embedded recording with tau = {DelayInterval} (M = {DelayLatent}, L = {Hidden}, "
                + $"{DelayPatience * _updates:N0} updates), run freely with the unobserved units at zero."),
            [
                new("The U-curve", [figure]),
                .. delayReport.Sections.Select(
                    s => s with { Heading = $"Delay-embedded: {s.Heading.ToLower(CultureInfo.InvariantCulture)}" }),
            ]).Save(_report);
    }

    private JsonObject ToJson(ModelEvaluation delay, double[][] curve)
    {
        JsonObject json = new() { ["delay_embedded"] = ModelScores.ToJson(delay, Dt), ["delay_interval"] = DelayInterval };
        json["curve"] = new JsonArray([.. s_intervals.Select((tau, i) => new JsonObject
        {
            ["interval"] = tau,
            ["d_stsp_median"] = Json.Number(Median.Of(curve[i])),
            ["d_stsp"] = new JsonArray([.. curve[i].Select(Json.Number)]),
            ["diverged"] = curve[i].Count(double.IsNaN),
        })]);
        json["updates"] = _updates;
        json["report"] = _report;
        return json;
    }
}
