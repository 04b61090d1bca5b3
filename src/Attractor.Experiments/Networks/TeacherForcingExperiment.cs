using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// Sparse teacher forcing of the shallow PLRNN: a delay-embedded Lorenz system at tau = 16, and the U-curve of D_stsp over tau.
/// </summary>
internal sealed class TeacherForcingExperiment(TeacherForcingSettings settings, ExperimentSession session)
{
    private const string Kind = "shplrnn";

    private readonly TrainedRuns _runs = new(session);

    public ExperimentResult Run(CancellationToken token)
    {
        (string train, TimeSeries test) = Load(settings.DelayData, "delay-embedded", embedded: true);
        session.Say($"delay-embedded Lorenz-63, sparse forcing every {settings.DelayInterval} steps");
        Run run = _runs.Train(
            "delay-embedded", Kind, train,
            settings.ToTraining(settings.DelayInterval, settings.PatientUpdates, settings.DelayLatent, settings.Seeds[0]), token);
        RecurrentModel model = (RecurrentModel)run.Trained.Model;
        // The document's long run starts with the unobserved units at zero; so does everything that is scored here.
        model.BeginUnobservedAtZero();
        ModelEvaluation delay = Reconstruction.Evaluate(model, test, cancellationToken: token);
        Verdict verdict = Verdict.Of(model, test, token).Beside(delay);
        session.Say(ModelScores.ToText(delay, NetworkSettings.Dt));
        session.Say(verdict.Sentence);

        (string lorenz, TimeSeries truth) = Load(settings.Data, "lorenz", embedded: false);
        double[][] curve = Curve(lorenz, truth, token);
        return new()
        {
            Title = "Sparse teacher forcing of the shallow PLRNN",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"A delay-embedded recording of Lorenz-63 with tau = {settings.DelayInterval} (M = {settings.DelayLatent}, L = "
                + $"{settings.Hidden}, {settings.PatientUpdates:N0} updates), run freely from a point of the attractor with the unobserved "
                + $"units at zero, as every score here has it; and D_stsp over tau on its three variables (M = 3, {settings.Updates:N0} "
                + $"updates)."),
            Findings = TeacherForcingFindings.Of(settings, delay, verdict, curve),
            Derivation = TeacherForcingFindings.Derivation,
            Sections = Sections(run, model, test, delay, verdict, curve),
            Json = ToJson(run, delay, curve),
            Commands =
            [
                ("the same forcing of a network of data of your own", CommandText.Of(
                    $"train {Kind} data.npy",
                    [
                        ("forcing", "stf"),
                        ("interval", settings.DelayInterval),
                        ("latent", settings.DelayLatent),
                        ("hidden", settings.Hidden),
                        ("updates", settings.PatientUpdates)
                    ],
                    "forced-run")),
                (
                    "let this one run, the unobserved units at zero",
                    CommandText.Of($"generate {RunCommands.Quote(run.Path)}", [("latent", "zero"), ("steps", 10_000)], "orbit.npy")),
                ("what is known of it", $"attractor report {RunCommands.Quote(run.Path)} -o network.html"),
            ],
        };
    }

    // D_stsp by interval and seed; NaN where the training or the orbit diverges.
    private double[][] Curve(string train, TimeSeries test, CancellationToken token)
    {
        IReadOnlyList<long> seeds = settings.Seeds;
        double[][] curve = [.. settings.Intervals.Select(_ => new double[seeds.Count])];
        TrainedRuns.Each(settings.Intervals.Count * seeds.Count, Measure, Diverged, token);
        return curve;

        void Measure(int i)
        {
            (int tau, long seed) = Of(i);
            Run run = _runs.Train(
                FormattableString.Invariant($"tau-{tau}-seed-{seed}"), Kind, train,
                settings.ToTraining(tau, settings.Updates, null, seed), token);
            double divergence = StateSpaceDivergence.Between(
                test, ComparedOrbit.Against(test, (RecurrentModel)run.Trained.Model, token));
            curve[i / seeds.Count][i % seeds.Count] = divergence;
            session.Say(FormattableString.Invariant($"tau {tau,3}, seed {seed}: D_stsp {divergence:G4}"));
        }

        void Diverged(int i)
        {
            curve[i / seeds.Count][i % seeds.Count] = double.NaN;
            session.Say(FormattableString.Invariant($"tau {Of(i).Tau,3}, seed {Of(i).Seed}: the training diverged"));
        }

        (int Tau, long Seed) Of(int i) => (settings.Intervals[i / seeds.Count], seeds[i % seeds.Count]);
    }

    private (string Train, TimeSeries Test) Load(string? folder, string name, bool embedded)
    {
        if (folder is not null)
            return (Path.Combine(folder, "train.npy"), SeriesFile.Read(Path.Combine(folder, "test.npy"), NetworkSettings.Dt));
        int rows = settings.Rows / 2;
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: (2 * rows) + 5000, dt: NetworkSettings.Dt).Standardize();
        if (embedded)
            orbit = DelayEmbedding.Of(orbit, dimension: 3, delay: settings.Lag);
        return (
            _runs.Write($"{name}.npy", orbit.Slice(0, rows).WithNoise(settings.Noise, seed: 1)),
            orbit.Slice(orbit.Length - rows, rows));
    }

    private IReadOnlyList<Section> Sections(
        Run run, RecurrentModel model, TimeSeries truth, ModelEvaluation delay, Verdict verdict, double[][] curve)
    {
        Report delayReport = new ReconstructionReport
        {
            Title = "",
            Subtitle = "",
            Verdict = verdict,
            Truth = truth,
            Generated = delay.Generated,
            Losses = RunFolder.ReadLosses(run.Path),
            Forecast = TypicalForecast.Of(model, truth),
            Scores = ScoreRows.Of(delay, NetworkSettings.Dt, NetworkSettings.TrueExponent),
        }.ToReport();
        double[] tau = [.. settings.Intervals.Select(t => (double)t)];
        LineFigure figure = new(
            "State-space divergence over the forcing interval",
            "Forced too often, the network never learns to run by itself; too seldom, gradients explode. "
                + "Trainings and orbits that diverge are left out.",
            "forcing interval tau, steps", "D_stsp",
            [
                new("median", "--true", tau, [.. curve.Select(Median.Of)]) { Style = CurveStyle.LinesAndDots },
                new("each seed", "--generated",
                    [.. settings.Seeds.SelectMany(_ => tau)], [.. settings.Seeds.SelectMany((_, i) => curve.Select(c => c[i]))])
                {
                    Style = CurveStyle.Dots,
                    Size = 5,
                },
            ])
        {
            LogX = true,
            LogY = true,
            XTicks = tau,
            Height = 360,
        };
        return
        [
            .. delayReport.Sections.Select(
                s => s with { Heading = $"Delay-embedded: {s.Heading.ToLower(CultureInfo.InvariantCulture)}" }),
            new("The U-curve", [figure]),
        ];
    }

    private JsonObject ToJson(Run run, ModelEvaluation delay, double[][] curve) => new()
    {
        ["delay_embedded"] = ModelScores.ToJson(delay, NetworkSettings.Dt),
        ["delay_interval"] = settings.DelayInterval,
        ["delay_run"] = run.Path,
        ["curve"] = new JsonArray([.. settings.Intervals.Select((tau, i) => new JsonObject
        {
            ["interval"] = tau,
            ["d_stsp_median"] = Json.Number(Median.Of(curve[i])),
            ["d_stsp"] = new JsonArray([.. curve[i].Select(Json.Number)]),
            ["diverged"] = curve[i].Count(double.IsNaN),
        })]),
        ["updates"] = settings.Updates,
    };
}
