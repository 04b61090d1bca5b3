using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

public sealed class SequentialAutoencoderTests : IDisposable
{
    private static readonly string[] s_small =
    [
        "--latent", "2", "--encoder-units", "6", "--encoder-hidden", "5", "--transition-hidden", "4", "--epochs", "3", "--window", "40",
        "--seed", "3", "-q"
    ];

    private static readonly string[] s_dynamic = [.. s_small, "--transition", "shplrnn", "--posterior", "correcting"];

    private readonly TemporaryFolder _folder = new();

    public SequentialAutoencoderTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_is_learnt_and_described()
    {
        JsonElement json = Train("data.npy", "RUN", [.. s_dynamic, "--validation", "data.npy", "--json"]).Json;
        foreach (string key in (string[])[
            "run", "model", "observed", "latent", "transition", "posterior", "encoder", "encoder_units", "parameters", "seed", "samples",
            "test_samples", "ending", "updates", "divergences", "loss", "test_elbo", "epochs", "seconds"
        ])
            Assert.True(json.TryGetProperty(key, out _), key);
        Assert.Equal(
            ("seqvae", 2, 2, "shplrnn", "correcting", "gru", 6, 1, 1, "completed"),
            (
                Word("model"), Whole("observed"), Whole("latent"), Word("transition"), Word("posterior"), Word("encoder"),
                Whole("encoder_units"), Whole("samples"), Whole("test_samples"), Word("ending")));
        JsonElement[] epochs = [.. json.GetProperty("epochs").EnumerateArray()];
        Assert.Equal([1, 2, 3], epochs.Select(e => e.GetProperty("epoch").GetInt32()));
        // The loss is the negative bound with the weight of the divergence, which is 1.
        Assert.All(epochs, e => Assert.Equal(
            e.GetProperty("loss").GetDouble(),
            e.GetProperty("reconstruction").GetDouble() + e.GetProperty("divergence").GetDouble(),
            1e-4));
        Assert.Equal(json.GetProperty("test_elbo").GetDouble(), epochs[^1].GetProperty("test_elbo").GetDouble());

        string Word(string key) => json.GetProperty(key).GetString()!;
        int Whole(string key) => json.GetProperty(key).GetInt32();
    }

    [Fact]
    public void Sequences_of_several_lengths_are_learnt_whole()
    {
        WriteMany();
        JsonElement json = Train("many.npz", "RUN", [.. s_small[..8], "--batch", "6", "--epochs", "2", "--json", "-q"]).Json;
        Assert.Equal(20, json.GetProperty("samples").GetInt32());
        Assert.Equal(8, json.GetProperty("updates").GetInt32());
    }

    [Fact]
    public void Missing_values_are_learnt_around_and_filled()
    {
        TimeSeries gaps = WriteGaps();
        Train("gaps.npy", "RUN", s_dynamic);
        JsonElement json = Command.Run(_folder.Path, "reconstruct", "RUN", "-o", "filled.npy", "--json").Succeeds().Json;
        TimeSeries filled = SeriesFile.Read(_folder.File("filled.npy"));
        Assert.Equal((gaps.Length, 2), (filled.Length, filled.Dimension));
        Assert.Null(filled.FindNonFinite());
        double error = Enumerable.Range(0, gaps.Values.Length)
            .Where(i => !double.IsNaN(gaps.Values[i]))
            .Average(i => Math.Pow(gaps.Values[i] - filled.Values[i], 2));
        Assert.Equal(error, json.GetProperty("mean_squared_error").GetDouble(), 1e-9);
        Assert.False(
            Command.Run(_folder.Path, "evaluate", "RUN", "--draws", "1", "--json").Succeeds().Json.TryGetProperty("d_stsp", out _));
    }

    [Fact]
    public void Piano_rolls_are_learnt_validated_and_tested_by_their_own_parts()
    {
        WriteMusic();
        JsonElement json = Train(
            "music.json",
            "RUN",
            ["--latent", "2", "--encoder-units", "6", "--layers", "5,4", "--activation", "tanh", "--epochs", "2", "--json", "-q"]).Json;
        Assert.Equal(
            (88, 6, 2),
            (json.GetProperty("observed").GetInt32(), json.GetProperty("samples").GetInt32(), json.GetProperty("test_samples").GetInt32()));
        Assert.Contains("\"bernoulli\"", File.ReadAllText(_folder.File("RUN/config.json")), StringComparison.Ordinal);
        Assert.Equal(3, Evaluate("RUN", "--draws", "1").GetProperty("sequences").GetInt32());
        Assert.Equal(2, Evaluate("RUN", "--draws", "1", "--samples", "2").GetProperty("sequences").GetInt32());
        Command.Run(_folder.Path, "generate", "RUN", "--steps", "7", "--from", "music.json").Succeeds();
        Assert.All(SeriesFile.Read(_folder.File("generated.npy")).Values.ToArray(), v => Assert.True(v is 0 or 1));
        Command.Run(_folder.Path, "report", "RUN", "-o", "music.html").Succeeds();
        Assert.Contains("the first at the bottom", File.ReadAllText(_folder.File("music.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standard-normal", "filtering", "gru")]
    [InlineData("linear", "smoothing", "plrnn")]
    [InlineData("plrnn", "correcting", "shplrnn")]
    [InlineData("shplrnn", "filtering", "clipped-shplrnn")]
    [InlineData("clipped-shplrnn", "correcting", "gru")]
    [InlineData("gated", "smoothing", "gru")]
    public void Every_word_of_the_structure_is_taken(string transition, string posterior, string encoder)
    {
        JsonElement json = Train(
            "data.npy",
            "RUN",
            [.. s_small, "--transition", transition, "--posterior", posterior, "--encoder", encoder, "--layers", "4", "--json"]).Json;
        Assert.Equal(
            [transition, posterior, encoder],
            ((string[])["transition", "posterior", "encoder"]).Select(k => json.GetProperty(k).GetString()!));
        SequentialAutoencoderOptions options =
            ModelFile.Load<SequentialVariationalAutoencoder>(_folder.File("RUN/model.safetensors")).Options;
        Assert.Equal(
            [transition, posterior, encoder],
            [Models.KebabCase.Of(options.Transition), Models.KebabCase.Of(options.Inference), Models.KebabCase.Of(options.Encoder)]);
        Assert.Equal([4], options.DecoderLayers);
    }

    [Fact]
    public void A_window_changes_what_an_update_sees()
    {
        Train("data.npy", "WINDOWS", s_small);
        Train("data.npy", "WHOLE", [.. s_small[..^5], "--seed", "3", "-q"]);
        Assert.NotEqual(Model("WINDOWS"), Model("WHOLE"));
    }

    [Fact]
    public void Samples_differ_by_what_is_random_and_by_the_seed_alone()
    {
        Train("data.npy", "RUN", s_dynamic);
        byte[] full = Generate("--noise", "full", "--seed", "1"), latent = Generate("--noise", "latent", "--seed", "1");
        Assert.Equal(full, Generate("--seed", "1"));
        Assert.NotEqual(full, latent);
        Assert.NotEqual(full, Generate("--seed", "2"));
        byte[] none = Generate("--noise", "none", "--from", "data.npy", "--seed", "1");
        Assert.Equal(none, Generate("--noise", "none", "--from", "data.npy", "--seed", "2"));
        Assert.NotEqual(none, Generate("--noise", "none", "--seed", "1"));

        byte[] Generate(params string[] options)
        {
            JsonElement json = Command.Run(_folder.Path, ["generate", "RUN", "--steps", "30", "-o", "x.npy", "--json", .. options])
                .Succeeds().Json;
            Assert.Equal(
                (30, 2, true),
                (json.GetProperty("rows").GetInt32(), json.GetProperty("columns").GetInt32(), json.GetProperty("finite").GetBoolean()));
            return File.ReadAllBytes(_folder.File("x.npy"));
        }
    }

    [Fact]
    public void Several_sequences_are_reconstructed_into_one_file_of_their_lengths()
    {
        WriteMany();
        Train("many.npz", "RUN", s_small);
        JsonElement json = Command.Run(_folder.Path, "reconstruct", "RUN", "--count", "3", "--json").Succeeds().Json;
        Assert.Equal(("reconstructions.npz", 3), (json.GetProperty("file").GetString(), json.GetProperty("count").GetInt32()));
        Assert.Equal([20, 21, 22], SeriesFile.ReadTrials(_folder.File("reconstructions.npz")).Select(s => s.Length));
        Assert.Equal(
            "reconstructions.npy",
            Command.Run(_folder.Path, "reconstruct", "RUN", "--count", "1", "--json").Succeeds().Json.GetProperty("file").GetString());
        Command.Run(_folder.Path, "reconstruct", "RUN", "-o", "x.csv").IsBadInput("20 trials", ".npz");
    }

    [Fact]
    public void A_long_recording_is_compared_with_a_sample_as_long()
    {
        _folder.WriteData("long.npy", rows: 1200);
        Train("long.npy", "RUN", s_dynamic);
        JsonElement json = Evaluate("RUN", "--draws", "1,5");
        foreach (string key in (string[])["d_stsp", "d_stsp_floor", "d_hellinger", "d_hellinger_floor"])
            Assert.True(json.GetProperty(key).GetDouble() >= 0, key);
        Assert.Equal((1, 1200), (json.GetProperty("sequences").GetInt32(), json.GetProperty("steps").GetInt32()));
        JsonElement[] bounds = [.. json.GetProperty("bounds").EnumerateArray()];
        Assert.Equal([1, 5], bounds.Select(b => b.GetProperty("draws").GetInt32()));
        Assert.All(bounds, b => Assert.Equal(
            b.GetProperty("elbo").GetDouble(),
            -b.GetProperty("reconstruction").GetDouble() - b.GetProperty("divergence").GetDouble(),
            1e-9));
        Command.Run(_folder.Path, "report", "RUN").Succeeds();
        string report = File.ReadAllText(_folder.File("RUN/report.html"));
        foreach (string heading in (string[])[
            "How good it is",
            "Training",
            "Reconstruction",
            "Data and a sample in time",
            "Power spectra",
            "Latent variables",
            "Configuration",
            "How to go on"
        ])
            Assert.Contains($"{heading}</h2>", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_whose_samples_diverge_is_said_so_and_still_evaluated()
    {
        _folder.WriteData("long.npy", rows: 1200);
        Train("long.npy", "RUN", [.. s_small, "--transition", "linear", "--posterior", "correcting"]);
        SequentialVariationalAutoencoder model = ModelFile.Load<SequentialVariationalAutoencoder>(_folder.File("RUN/model.safetensors"));
        string name = model.Parameters.Tensors
            .Single(t => t.Name.StartsWith("transition", StringComparison.Ordinal) && t.Shape is [2, 2]).Name;
        model.Parameters.Set(name, [3, 0, 0, 3]);
        ModelFile.Save(_folder.File("wild.safetensors"), model);
        Outcome generated = Command.Run(_folder.Path, "generate", "wild.safetensors", "--steps", "2000", "--json");
        Assert.Equal((1, false), (generated.Code, generated.Json.GetProperty("finite").GetBoolean()));
        JsonElement json = Command.Run(_folder.Path, "evaluate", "wild.safetensors", "long.npy", "--draws", "1", "--json").Succeeds().Json;
        Assert.True(json.TryGetProperty("d_stsp", out _));
        Command.Run(_folder.Path, "report", "wild.safetensors", "--data", "long.npy", "-o", "wild.html").Succeeds();
        double exponent = Command.Run(_folder.Path, "lyapunov", "wild.safetensors", "--steps", "100", "--transient", "10", "--json")
            .Succeeds().Json
            .GetProperty("lyapunov_max_per_step")
            .GetDouble();
        Assert.Equal(Math.Log(3), exponent, 1e-9);
    }

    [Fact]
    public void Exponents_and_cycles_are_those_of_the_learnt_transition()
    {
        Train("data.npy", "RUN", s_dynamic);
        JsonElement json = Command.Run(_folder.Path, "lyapunov", "RUN", "--steps", "500", "--transient", "50", "--spectrum", "--json")
            .Succeeds().Json;
        Assert.Equal(2, json.GetProperty("spectrum_per_step").GetArrayLength());
        Assert.Equal(
            "shplrnn",
            Command.Run(_folder.Path, "cycles", "RUN", "--max-order", "2", "--json").Succeeds().Json.GetProperty("map").GetString());
        Train("data.npy", "STILL", s_small);
        foreach (string verb in (string[])["lyapunov", "cycles"])
            Command.Run(_folder.Path, verb, "STILL").IsBadInput("STILL has no dynamics", "linear, plrnn, shplrnn and clipped-shplrnn");
        Command.Run(_folder.Path, "interpolate", "STILL").IsBadInput("a seqvae, not a vae");
        Command.Run(_folder.Path, "dimension", "STILL").IsBadInput("a seqvae");
    }

    [Fact]
    public void A_file_without_its_run_needs_data_to_be_named()
    {
        Train("data.npy", "RUN", s_small);
        File.Copy(_folder.File("RUN/model.safetensors"), _folder.File("bare.safetensors"));
        foreach (string verb in (string[])["evaluate", "reconstruct", "report"])
            Command.Run(_folder.Path, verb, "bare.safetensors").IsBadInput("name a file of data");
        Command.Run(_folder.Path, "reconstruct", "bare.safetensors", "data.npy").Succeeds();
        Command.Run(_folder.Path, "report", "bare.safetensors", "--data", "data.npy").Succeeds();
        Assert.True(File.Exists(_folder.File("report.html")));
    }

    [Fact]
    public void The_experiment_learns_with_and_without_a_transition_and_reports()
    {
        JsonElement json = Command.Run(_folder.Path, "reproduce", "sequential-vae", "--epochs", "1", "-o", "s.html", "--json")
            .Succeeds().Json;
        Assert.Equal(1, json.GetProperty("epochs").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("standard_normal").GetProperty("exponent").ValueKind);
        foreach (string key in (string[])["elbo", "d_stsp", "d_stsp_floor", "d_hellinger", "d_hellinger_floor", "exponent", "seconds"])
            Assert.Equal(JsonValueKind.Number, json.GetProperty("transition").GetProperty(key).ValueKind);
        Assert.False(json.TryGetProperty("chorales", out _));
        Assert.Contains("Side by side</h2>", File.ReadAllText(_folder.File("s.html")), StringComparison.Ordinal);
    }

    private Outcome Train(string data, string run, string[] settings)
        => Command.Run(_folder.Path, ["train", "seqvae", data, "-o", run, .. settings]).Succeeds();

    private JsonElement Evaluate(string run, params string[] options)
        => Command.Run(_folder.Path, ["evaluate", run, "--json", .. options]).Succeeds().Json;

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));

    private void WriteMany()
    {
        TimeSeries whole = SeriesFile.Read(_folder.File("data.npy"));
        SeriesFile.WriteTrials(_folder.File("many.npz"), [.. Enumerable.Range(0, 20).Select(i => whole.Slice(10 * i, 20 + i))]);
    }

    private TimeSeries WriteGaps()
    {
        double[] values = SeriesFile.Read(_folder.File("data.npy")).Values.ToArray();
        values.AsSpan(100, 30).Fill(double.NaN);
        values[301] = double.NaN;
        TimeSeries gaps = new(values, 2);
        SeriesFile.Write(_folder.File("gaps.npy"), gaps);
        return gaps;
    }

    private void WriteMusic()
    {
        File.WriteAllText(
            _folder.File("music.json"), JsonSerializer.Serialize(new { train = Pieces(6), valid = Pieces(2), test = Pieces(3) }));

        static int[][][] Pieces(int count)
            => [.. Enumerable.Range(0, count).Select(
                p => (int[][])[.. Enumerable.Range(0, 10 + p).Select(t => t == 4 ? (int[])[] : [60 + (t % 5), 64 + (t % 3)])])];
    }
}
