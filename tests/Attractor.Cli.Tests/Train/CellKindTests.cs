using System.Text.Json;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor train</c> of the kinds of cells, and what the other verbs do with them.</summary>
public sealed class CellKindTests : IDisposable
{
    private static readonly string[] s_short = ["--updates", "20", "--sequence", "15", "-q"];

    private readonly TemporaryFolder _folder = new();

    public CellKindTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("alrnn", 20, "rectified", 2)]
    [InlineData("dendplrnn", 20, "bases", 20)]
    [InlineData("clipped-dendplrnn", 20, "bases", 20)]
    [InlineData("mcplrnn", 20, null, 0)]
    [InlineData("rnn", 30, null, 0)]
    [InlineData("gru", 30, null, 0)]
    [InlineData("lstm", 60, null, 0)]
    public void A_cell_passes_through_every_verb(string kind, int latent, string? size, int value)
    {
        JsonElement trained = Run(["train", kind, "data.npy", "-o", "RUN", "--json", .. s_short]).Json;
        Assert.Equal((kind, latent), (trained.GetProperty("model").GetString(), trained.GetProperty("latent").GetInt32()));
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal("stf", config.GetProperty("forcing").GetString());
        Assert.Equal(kind is "rnn" or "gru" or "lstm" ? 0 : 0.05, config.GetProperty("noise").GetDouble());
        if (size is not null)
        {
            Assert.Equal(value, trained.GetProperty(size).GetInt32());
            Assert.Equal(value, config.GetProperty(size).GetInt32());
        }
        if (kind is "rnn" or "gru" or "lstm")
        {
            // What the verbs do with it does not depend on its size; their time does.
            latent = 8;
            Run(["train", kind, "data.npy", "-o", "RUN", "--overwrite", "--latent", "8", .. s_short]);
        }
        _folder.WriteData("test.npy", rows: 1500);
        Assert.True(Run("evaluate", "RUN", "test.npy", "--lyapunov-steps", "500", "--json").Json.TryGetProperty("d_stsp", out _));
        Run("generate", "RUN", "--steps", "20");
        JsonElement lyapunov = Run("lyapunov", "RUN", "--spectrum", "--steps", "300", "--json").Json;
        Assert.Equal(latent, lyapunov.GetProperty("spectrum_per_step").GetArrayLength());
        Run("gradients", "RUN", "data.npy", "--sequence", "50", "--windows", "2", "--grid", "0", "-o", "gradients.html");
        Run("report", "RUN", "--data", "test.npy", "-o", "report.html");
        Assert.Contains($"{latent} latent", File.ReadAllText(_folder.File("report.html")), StringComparison.Ordinal);
        Run("cycles", "RUN", "--max-order", "1", "--json");
        Run("train", kind, "data.npy", "--config", "RUN/config.json", "-o", "AGAIN");
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Fact]
    public void Manifold_attractor_regularisation_draws_the_last_units()
    {
        string[] settings = ["--latent", "4", "--select-every", "0", "--lr", "0.01", "--seed", "1", "--standardize", "no", .. s_short];
        Run(["train", "alrnn", "data.npy", "-o", "RUN", .. settings]);
        Run(["train", "alrnn", "data.npy", "-o", "DRAWN", "--mar", "1", "--mar-share", "0.25", .. settings]);
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("DRAWN/config.json"))).RootElement;
        Assert.Equal((1.0, 0.25), (config.GetProperty("mar").GetDouble(), config.GetProperty("mar_share").GetDouble()));
        double Last(string run)
            => Math.Abs(ModelFile.Load<RecurrentModel>(_folder.File(run + "/model.safetensors")).Parameters["A"][3] - 1);
        Assert.True(Last("DRAWN") < Last("RUN"), $"{Last("DRAWN")} {Last("RUN")}");
        Run("train", "alrnn", "data.npy", "--config", "DRAWN/config.json", "-o", "AGAIN");
        byte[] drawn = File.ReadAllBytes(_folder.File("DRAWN/model.safetensors"));
        Assert.Equal(drawn, File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Fact]
    public void A_strength_that_follows_the_network_is_logged_and_goes_on_as_it_was()
    {
        string[] settings =
        [
            "--adaptive", "product-upper-bound", "--latent", "4", "--rectified", "1", "--updates", "400", "--sequence", "10",
            "--checkpoint-every", "100", "-q"
        ];
        JsonElement trained = Run(["train", "alrnn", "data.npy", "-o", "RUN", "--json", .. settings]).Json;
        double alpha = trained.GetProperty("alpha").GetDouble();
        Assert.InRange(alpha, 0.9, 0.99);
        double[] logged = [.. File.ReadLines(_folder.File("RUN/metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("alpha").GetDouble())];
        Assert.Equal(alpha, logged[^1]);
        Assert.True(logged[0] > logged[^1]);
        JsonElement config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement;
        Assert.Equal("gtf", config.GetProperty("forcing").GetString());

        Assert.Equal(
            JsonValueKind.Null,
            Run(["train", "plrnn", "data.npy", "-o", "PLAIN", "--json", .. s_short]).Json.GetProperty("alpha").ValueKind);
    }

    [Theory]
    [InlineData("train plrnn data.npy --rectified 2 -o RUN", "leave --rectified out")]
    [InlineData("train alrnn data.npy --bases 2 -o RUN", "leave --bases out")]
    [InlineData("train alrnn data.npy --latent 3 --rectified 4 -o RUN", "--rectified is 4")]
    [InlineData("train alrnn data.npy --adaptive product-upper-bound --forcing stf -o RUN", "--adaptive")]
    [InlineData("train gru data.npy --adaptive jacobian-upper-bound -o RUN", "another rule")]
    [InlineData("train shplrnn data.npy --adaptive strongest -o RUN", "--adaptive")]
    [InlineData("train gru data.npy --mar 1e-2 -o RUN", "leave --mar out")]
    [InlineData("train alrnn data.npy --mar-share 0.25 -o RUN", "--mar is 0")]
    [InlineData("train alrnn data.npy --latent 4 --mar 1e-2 --mar-share 0.1 -o RUN", "none of them")]
    [InlineData("train alrnn data.npy --mar -1 -o RUN", "at least 0")]
    [InlineData("train lstm data.npy --latent 5 -o RUN", "even number")]
    [InlineData("train dendplrnn data.npy --bases 1000000 --latent 1000 -o RUN", "--bases")]
    public void What_does_not_fit_is_refused_in_one_line(string line, string words)
        => Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words);

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
