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
/// Sequential variational autoencoders: q(z_t | x_1:t) with the prior N(0, I) as the document has it, and a learnt transition, on a noisy
/// recording of Lorenz-63; and on the JSB chorales where they are at hand.
/// </summary>
internal sealed class SequentialExperiment(ExperimentSettings settings)
{
    private const int Rows = 50_000, Window = 200, Latent = 3, Hidden = 100;
    private const double Dt = 0.01, Noise = 0.05;
    private const double PublishedMusic = 6.87, IndependentNotes = 11.06;

    private readonly int _epochs = settings.Epochs ?? 150;
    private readonly int _musicEpochs = settings.Epochs ?? 800;
    private readonly ulong _seed = (ulong)(settings.Seeds is { Count: > 0 } seeds ? seeds[0] : 1);
    private readonly string _report = settings.Output ?? "sequential-vae.html";

    public JsonObject Run(CancellationToken token)
    {
        (TimeSeries train, TimeSeries test) = Load();
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Lorenz-63 with noise: {train.Length:N0} rows to learn from, {test.Length:N0} without noise to "
            + $"compare with, {_epochs} epochs"));
        Outcome independent = Learn("as the document has it: prior N(0, I), q(z_t | x_1:t)", train, test, new()
        {
            Observed = train.Dimension,
            Latent = Latent,
            EncoderUnits = 32,
            Seed = _seed,
        }, token);
        Outcome dynamic = Learn("learnt transition: a shallow PLRNN, q about its prediction", train, test, new()
        {
            Observed = train.Dimension,
            Latent = Latent,
            Inference = SequentialInference.Correcting,
            EncoderUnits = 32,
            Transition = TransitionKind.ShallowPlrnn,
            TransitionHidden = Hidden,
            Seed = _seed,
        }, token);
        Music? music = MusicFile() is { } file ? LearnMusic(file, token) : null;
        Write(test, independent, dynamic, music);
        return ToJson(independent, dynamic, music);
    }

    private Outcome Learn(string name, TimeSeries train, TimeSeries test, SequentialAutoencoderOptions structure, CancellationToken token)
    {
        SequentialVariationalAutoencoder model = new(structure);
        MinibatchResult result = SequentialAutoencoderTraining.Fit(
            model,
            new([train]),
            null,
            new() { Epochs = _epochs, WindowLength = Window, LearningRate = LearningRateSchedule.Exponential(1e-2, 5e-4), Seed = _seed },
            cancellationToken: token);
        token.ThrowIfCancellationRequested();
        double[] state = model.Encode(test.Slice(0, Window)).Means.Row(Window - 1).ToArray();
        TimeSeries sample = model.Generate(test.Length, _seed, GenerationNoise.Latent, state, test.Dt).Observations;
        Reconstruction score = Reconstruction.Compare(test, sample, cancellationToken: token);
        double? exponent = structure.Transition == TransitionKind.StandardNormal
            ? null
            : Lyapunov.Maximum(model.ToRecurrentModel(), state, 50_000, 1000, token) / test.Dt;
        Outcome outcome = new(name, model, result, sample, score, exponent);
        string largest = exponent is { } e
            ? string.Create(CultureInfo.InvariantCulture, $", largest exponent of the learnt map {e:F2}")
            : "";
        Score divergence = score.StateSpaceDivergence, distance = score.HellingerDistance;
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: ELBO {-result.Epochs[^1].Loss:F3} nats per time step in {result.Seconds:F0} s; "
            + $"of a sample D_stsp {divergence.Value:F3} (floor {divergence.Floor:F3}), "
            + $"D_H {distance.Value:F3} (floor {distance.Floor:F3}){largest}"));
        return outcome;
    }

    private Music LearnMusic(string file, CancellationToken token)
    {
        SequenceSplit split = PianoRollFile.Read(file);
        settings.Say(string.Create(CultureInfo.InvariantCulture, $"chorales: {split.Train.Count} to learn from, {_musicEpochs} epochs"));
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
            Seed = _seed,
        });
        BestEpoch best = new();
        MinibatchResult result = SequentialAutoencoderTraining.Fit(
            model, split.Train, split.Validation, new()
            {
                Epochs = _musicEpochs,
                LearningRate = LearningRateSchedule.Exponential(2e-3, 3e-4),
                WarmUpEpochs = _musicEpochs / 4.0,
                WarmUpStart = 0.2,
                CheckpointInterval = TimeSpan.Zero,
                Seed = _seed,
            }, null, best.Listening(), token);
        token.ThrowIfCancellationRequested();
        if (best.State is { } state)
            model.Parameters.Set(state.Parameters);
        SequenceLikelihood bound = SequentialAutoencoderEvaluation.Evaluate(model, split.Test, 20, _seed, token);
        settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"chorales: {-bound.Bound:F3} nats per time step on the test pieces (with 20 draws {-bound.ImportanceWeighted:F3}), epoch "
            + $"{best.Point?.Epoch} chosen on the validation pieces, {result.Seconds:F0} s; published "
            + $"{PublishedMusic}, independent notes {IndependentNotes}"));
        return new(model, result, best.Point?.Epoch ?? 0, bound, split.Test[0]);
    }

    private (TimeSeries Train, TimeSeries Test) Load()
    {
        if (settings.Data is { } folder && File.Exists(Path.Combine(folder, "train.npy")))
            return (SeriesFile.Read(Path.Combine(folder, "train.npy"), Dt), SeriesFile.Read(Path.Combine(folder, "test.npy"), Dt));
        if (settings.Data is { } other && MusicFile() is null)
            throw new FileNotFoundException($"{other} has neither train.npy and test.npy nor chorales.json");
        TimeSeries orbit = Lorenz63.Default.Simulate(steps: 2 * Rows, dt: Dt).Standardize();
        return (orbit.Slice(0, Rows).WithNoise(Noise, seed: 1), orbit.Slice(Rows, Rows));
    }

    private string? MusicFile()
        => settings.Data is { } folder && Path.Combine(folder, "chorales.json") is var file && File.Exists(file) ? file : null;

    private void Write(TimeSeries test, Outcome independent, Outcome dynamic, Music? music)
    {
        List<Section> sections = [new("Side by side", [Comparison(independent, dynamic, music)])];
        sections.AddRange(Part("Learnt transition", dynamic, test));
        sections.AddRange(Part("Prior N(0, I)", independent, test));
        if (music is not null)
        {
            sections.AddRange(Named("Chorales", new SequentialAutoencoderReport
            {
                Title = "",
                Model = music.Model,
                Sequence = music.Piece,
                Bounds = [music.Bound],
                Epochs = music.Result.Epochs,
                Seed = _seed,
            }.ToReport()));
        }
        new Report(
            "Sequential variational autoencoders",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Latent variables in time on Lorenz-63 with {Noise:P0} noise: independent ones as the document has them, which keep what "
                + $"they see but make no orbit, and a learnt transition, which does."),
            sections).Save(_report);
        settings.Say($"{_report}: bounds, reconstructions, samples");
    }

    private static TableElement Comparison(Outcome independent, Outcome dynamic, Music? music)
    {
        List<string[]> rows = [.. ((Outcome[])[independent, dynamic]).Select(o => (string[])
        [
            o.Name, Number(-o.Result.Epochs[^1].Loss), Number(
                o.Score.StateSpaceDivergence.Value), Number(o.Score.StateSpaceDivergence.Floor), Number(o.Score.HellingerDistance.Value),
            o.Exponent is { } e
                ? string.Create(CultureInfo.InvariantCulture, $"largest exponent of the learnt map {e:F2} (0.906)")
                : "no dynamics",
        ])];
        if (music is not null)
            rows.Add(["chorales, test pieces", Number(music.Bound.Bound), "", "", "", string.Create(
                CultureInfo.InvariantCulture, $"published -{PublishedMusic}; independent notes -{IndependentNotes}")]);
        return new(["model", "ELBO per step#", "D_stsp#", "floor#", "D_H#", "remark"], rows);
    }

    private IEnumerable<Section> Part(string name, Outcome outcome, TimeSeries test) => Named(name, new SequentialAutoencoderReport
    {
        Title = "",
        Model = outcome.Model,
        Sequence = test,
        Comparison = (test, outcome.Sample, outcome.Score),
        Epochs = outcome.Result.Epochs,
        Seed = _seed,
    }.ToReport());

    private static IEnumerable<Section> Named(string name, Report report)
        => report.Sections.Select(s => s with { Heading = $"{name}: {s.Heading.ToLower(CultureInfo.InvariantCulture)}" });

    private JsonObject ToJson(Outcome independent, Outcome dynamic, Music? music)
    {
        JsonObject json = new() { ["epochs"] = _epochs, ["standard_normal"] = Of(independent), ["transition"] = Of(dynamic) };
        if (music is not null)
            json["chorales"] = new JsonObject
            {
                ["test_bound"] = Json.Number(music.Bound.Bound),
                ["test_bound_draws"] = music.Bound.Draws,
                ["test_bound_importance_weighted"] = Json.Number(music.Bound.ImportanceWeighted),
                ["epoch"] = music.Epoch,
                ["published"] = -PublishedMusic,
                ["independent_notes"] = -IndependentNotes,
                ["seconds"] = Json.Number(music.Result.Seconds),
            };
        json["report"] = _report;
        return json;
    }

    private static JsonObject Of(Outcome outcome) => new()
    {
        ["elbo"] = Json.Number(-outcome.Result.Epochs[^1].Loss),
        ["d_stsp"] = Json.Number(outcome.Score.StateSpaceDivergence.Value),
        ["d_stsp_floor"] = Json.Number(outcome.Score.StateSpaceDivergence.Floor),
        ["d_hellinger"] = Json.Number(outcome.Score.HellingerDistance.Value),
        ["d_hellinger_floor"] = Json.Number(outcome.Score.HellingerDistance.Floor),
        ["exponent"] = outcome.Exponent is { } exponent ? Json.Number(exponent) : null,
        ["seconds"] = Json.Number(outcome.Result.Seconds),
    };

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private sealed record Outcome(
        string Name,
        SequentialVariationalAutoencoder Model,
        MinibatchResult Result,
        TimeSeries Sample,
        Reconstruction Score,
        double? Exponent);

    private sealed record Music(
        SequentialVariationalAutoencoder Model, MinibatchResult Result, int Epoch, SequenceLikelihood Bound, TimeSeries Piece);
}
