using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Reports;
using Attractor.Runs;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Experiments;

/// <summary>
/// Sequential variational autoencoders: q(z_t | x_1:t) with the prior N(0, I) as the document has it, and a learnt transition, on a noisy
/// recording of Lorenz-63; and on the JSB chorales where they are at hand.
/// </summary>
internal sealed class SequentialExperiment(SequentialExperimentSettings settings, ExperimentSession session)
{
    private const int ReconstructedRows = 10_000;
    private const double Dt = 0.01;
    private const double PublishedMusic = 6.87, IndependentNotes = 11.06;

    private readonly TrainedRuns _runs = new(session);

    public ExperimentResult Run(CancellationToken token)
    {
        (string file, TimeSeries test) = Load();
        session.Say(string.Create(
            CultureInfo.InvariantCulture, $"{file}: to learn from; {test.Length:N0} rows to compare with, {settings.Epochs} epochs"));
        SequentialOutcome independent = Learn(
            "prior N(0, I), q(z_t | x_1:t), decoder with a hidden layer",
            "independent",
            file,
            test,
            settings.ToIndependent(settings.Layers),
            token);
        SequentialOutcome affine = settings.Layers.Count == 0
            ? independent
            : Learn("the same with an affine decoder", "affine", file, test, settings.ToIndependent([]), token);
        SequentialOutcome dynamic = Learn(
            "learnt transition: a shallow PLRNN, q about its prediction", "transition", file, test, settings.ToTransition(), token);
        Music? music = settings.MusicFile is { } chorales ? LearnMusic(chorales, token) : null;
        JsonObject json = new()
        {
            ["epochs"] = settings.Epochs,
            ["standard_normal"] = ToJson(independent),
            ["affine"] = ToJson(affine),
            ["transition"] = ToJson(dynamic),
        };
        if (music is not null)
            json["chorales"] = ToJson(music);
        return new()
        {
            Title = "Latent variables in time",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"Sequential variational autoencoders of a noisy recording of Lorenz-63: latent variables that are "
                + $"independent in the prior, as the document has them, and ones with a learnt transition."),
            Findings = SequentialFindings.Of(independent, affine, dynamic, BestGaussian(file)),
            Derivation = SequentialFindings.Derivation,
            Sections = [.. Sections(test, independent, affine, dynamic, music)],
            Json = json,
            Commands =
            [
                ("the document's model of data of your own", CommandText.Of(
                    "train seqvae data.npy",
                    [
                        ("latent", settings.Latent),
                        ("encoder_units", settings.EncoderUnits),
                        ("layers", Layers),
                        ("window", settings.Window),
                        ("epochs", settings.Epochs)
                    ],
                    "seqvae-run")),
                ("let the learnt transition run", $"attractor generate {RunCommands.Quote(dynamic.Run)} --steps 10000 -o orbit.npy"),
                ("what it keeps of a recording", $"attractor reconstruct {RunCommands.Quote(independent.Run)} --count 1 -o kept.npy"),
            ],
        };
    }

    // Mean log density of the rows under the Gaussian with their mean and covariance; NaN where there is none.
    private static double BestGaussian(string file)
    {
        TimeSeries data = SeriesFile.Read(file, Dt);
        int n = data.Dimension;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => data.Column(i).Average())], covariance = new double[n * n];
        for (int t = 0; t < data.Length; t++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    covariance[(i * n) + j] += (data[t, i] - mean[i]) * (data[t, j] - mean[j]) / data.Length;
        if (!Cholesky.TryFactor(covariance, n))
            return double.NaN;
        double halfLogDeterminant = Enumerable.Range(0, n).Sum(i => Math.Log(covariance[(i * n) + i]));
        return -(0.5 * n * (1 + Math.Log(2 * Math.PI))) - halfLogDeterminant;
    }

    private string Layers => settings.Layers.Count == 0 ? "none" : string.Join(',', settings.Layers);

    private SequentialOutcome Learn(
        string name, string folder, string file, TimeSeries test, SequentialSettings model, CancellationToken token)
    {
        Run run = _runs.Train(folder, SequentialVariationalAutoencoder.KindName, file, model, token);
        SequentialVariationalAutoencoder trained = (SequentialVariationalAutoencoder)run.Trained.Model;
        double[] state = trained.Encode(test.Slice(0, settings.Window)).Means.Row(settings.Window - 1).ToArray();
        TimeSeries sample = trained.Generate(test.Length, (ulong)settings.Seed, GenerationNoise.Latent, state, test.Dt).Observations;
        Reconstruction score = Reconstruction.Compare(test, sample, cancellationToken: token);
        double? exponent = model.Transition == TransitionKind.StandardNormal
            ? null
            : Lyapunov.Maximum(trained.ToRecurrentModel(), state, 50_000, 1000, token) / test.Dt;
        TimeSeries seen = test.Slice(0, Math.Min(ReconstructedRows, test.Length)), kept = trained.Reconstruct(seen);
        SequentialOutcome outcome = new(
            name,
            run.Path,
            trained,
            RunFolder.ReadEpochs(run.Path),
            [.. Enumerable.Range(0, seen.Dimension).Select(d => seen.Column(d).Zip(kept.Column(d), (x, y) => (x - y) * (x - y)).Average())],
            [.. Enumerable.Range(0, seen.Dimension).Select(d => seen.Column(d) is var x && x.Average() is var mean
                ? x.Average(v => (v - mean) * (v - mean)) : 0)],
            sample,
            score,
            exponent);
        string largest = exponent is { } e
            ? string.Create(CultureInfo.InvariantCulture, $", largest exponent of the learnt map {e:F2}")
            : "";
        Score divergence = score.StateSpaceDivergence, distance = score.HellingerDistance;
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: ELBO {outcome.Bound:F3} nats per time step; reconstruction misses "
            + $"{string.Join(", ", outcome.Errors.Select(v => v.ToString("F3", CultureInfo.InvariantCulture)))}; "
            + $"of a sample D_stsp {divergence.Value:F3} (floor {divergence.Floor:F3}), "
            + $"D_H {distance.Value:F3} (floor {distance.Floor:F3}){largest}"));
        return outcome;
    }

    private Music LearnMusic(string file, CancellationToken token)
    {
        SequenceSplit split = PianoRollFile.Read(file);
        session.Say(string.Create(CultureInfo.InvariantCulture, $"chorales: {split.Train.Count} to learn from, {settings.PassesOverMusic} "
            + $"epochs"));
        SequentialVariationalAutoencoder model = new(new()
        {
            Observed = PianoRollFile.Notes,
            Latent = 64,
            Inference = SequentialInference.Smoothing,
            EncoderUnits = 200,
            Transition = TransitionKind.Gated,
            TransitionHidden = 100,
            DecoderLayers = [100],
            Observation = Observation.Bernoulli,
            Seed = (ulong)settings.Seed,
        });
        BestEpoch best = new();
        MinibatchResult result = SequentialAutoencoderTraining.Fit(
            model, split.Train, split.Validation, new()
            {
                Epochs = settings.PassesOverMusic,
                LearningRate = LearningRateSchedule.Exponential(2e-3, 3e-4),
                WarmUpEpochs = settings.PassesOverMusic / 4.0,
                WarmUpStart = 0.2,
                CheckpointInterval = TimeSpan.Zero,
                Seed = (ulong)settings.Seed,
            }, null, best.Listening(), token);
        token.ThrowIfCancellationRequested();
        if (best.State is { } state)
            model.Parameters.Set(state.Parameters);
        SequenceLikelihood bound = SequentialAutoencoderEvaluation.Evaluate(model, split.Test, 20, (ulong)settings.Seed, token);
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"chorales: {-bound.Bound:F3} nats per time step on the test pieces (with 20 draws {-bound.ImportanceWeighted:F3}), epoch "
            + $"{best.Point?.Epoch} chosen on the validation pieces, {result.Seconds:F0} s; published "
            + $"{PublishedMusic}, independent notes {IndependentNotes}"));
        return new(model, result, best.Point?.Epoch ?? 0, bound, split.Test[0]);
    }

    private (string File, TimeSeries Test) Load()
    {
        if (settings.HasRecording && settings.Data is { } folder)
            return (Path.Combine(folder, "train.npy"), SeriesFile.Read(Path.Combine(folder, "test.npy"), Dt));
        if (settings.Data is { } other && settings.MusicFile is null)
            throw new FileNotFoundException($"{other} has neither train.npy and test.npy nor chorales.json");
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: 2 * settings.Rows, dt: Dt).Standardize();
        return (
            _runs.Write("train.npy", orbit.Slice(0, settings.Rows).WithNoise(settings.Noise, seed: 1)),
            orbit.Slice(settings.Rows, settings.Rows));
    }

    private IEnumerable<Section> Sections(
        TimeSeries test, SequentialOutcome independent, SequentialOutcome affine, SequentialOutcome dynamic, Music? music)
    {
        yield return new("Side by side", [Table([.. ((SequentialOutcome[])[independent, affine, dynamic]).Distinct()], music)]);
        foreach (Section section in Part("Prior N(0, I)", independent, test).Concat(Part("Learnt transition", dynamic, test)))
            yield return section;
        if (music is null)
            yield break;
        foreach (Section section in Named("Chorales", new SequentialAutoencoderReport
        {
            Title = "",
            Model = music.Model,
            Sequence = music.Piece,
            Bounds = [music.Bound],
            Epochs = music.Result.Epochs,
            Seed = (ulong)settings.Seed,
        }.ToReport()))
            yield return section;
    }

    private static TableElement Table(IReadOnlyList<SequentialOutcome> outcomes, Music? music)
    {
        List<string[]> rows = [.. outcomes.Select(o => (string[])
        [
            o.Name,
            Number(o.Bound),
            string.Join(", ", o.Errors.Select(Number)),
            Number(o.Score.StateSpaceDivergence.Value),
            Number(o.Score.StateSpaceDivergence.Floor),
            Number(o.Score.HellingerDistance.Value),
            o.Exponent is { } e
                ? string.Create(CultureInfo.InvariantCulture, $"largest exponent of the learnt map {e:F2} (0.906)")
                : "no dynamics",
        ])];
        if (music is not null)
            rows.Add(["chorales, test pieces", Number(music.Bound.Bound), "", "", "", "", string.Create(
                CultureInfo.InvariantCulture, $"published -{PublishedMusic}; independent notes -{IndependentNotes}")]);
        return new(["model", "ELBO per step#", "reconstruction misses#", "D_stsp of a sample#", "floor#", "D_H#", "remark"], rows);
    }

    private IEnumerable<Section> Part(string name, SequentialOutcome outcome, TimeSeries test)
        => Named(name, new SequentialAutoencoderReport
        {
            Title = "",
            Model = outcome.Model,
            Sequence = test,
            Comparison = (test, outcome.Sample, outcome.Score),
            Epochs = outcome.Epochs,
            Seed = (ulong)settings.Seed,
        }.ToReport());

    private static IEnumerable<Section> Named(string name, Report report)
        => report.Sections.Select(s => s with { Heading = $"{name}: {s.Heading.ToLower(CultureInfo.InvariantCulture)}" });

    private static JsonObject ToJson(Music music) => new()
    {
        ["test_bound"] = Json.Number(music.Bound.Bound),
        ["test_bound_draws"] = music.Bound.Draws,
        ["test_bound_importance_weighted"] = Json.Number(music.Bound.ImportanceWeighted),
        ["epoch"] = music.Epoch,
        ["published"] = -PublishedMusic,
        ["independent_notes"] = -IndependentNotes,
        ["seconds"] = Json.Number(music.Result.Seconds),
    };

    private static JsonObject ToJson(SequentialOutcome outcome) => new()
    {
        ["run"] = outcome.Run,
        ["elbo"] = Json.Number(outcome.Bound),
        ["reconstruction_mse"] = new JsonArray([.. outcome.Errors.Select(Json.Number)]),
        ["variance"] = new JsonArray([.. outcome.Variances.Select(Json.Number)]),
        ["d_stsp"] = Json.Number(outcome.Score.StateSpaceDivergence.Value),
        ["d_stsp_floor"] = Json.Number(outcome.Score.StateSpaceDivergence.Floor),
        ["d_hellinger"] = Json.Number(outcome.Score.HellingerDistance.Value),
        ["d_hellinger_floor"] = Json.Number(outcome.Score.HellingerDistance.Floor),
        ["exponent"] = outcome.Exponent is { } exponent ? Json.Number(exponent) : null,
        ["seconds"] = Json.Number(outcome.Epochs.Sum(e => e.EpochSeconds)),
    };

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private sealed record Music(
        SequentialVariationalAutoencoder Model, MinibatchResult Result, int Epoch, SequenceLikelihood Bound, TimeSeries Piece);
}
