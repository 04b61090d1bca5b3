using System.Text.Json;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Cli.Tests;

public sealed class ZeroShotRunTests : IDisposable
{
    internal const string Train =
        "train zero-shot --systems lorenz63,roessler,chua --hold-out chua --recordings 1 --rows 600 --context 60 --sequence 20 --latent 6 "
        + "--experts 2 --gate 3 --batch 8 --updates 200 --lr 1e-4 --lr-end 1e-5";

    private static readonly string[] s_train = Train.Split(' ');

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_trained_tested_on_what_was_held_out_reported_and_forecasts_data()
    {
        Outcome trained = Command.Run(_folder.Path, [.. s_train, "-o", "RUN", "--json"]).Succeeds();
        Assert.Equal(["lorenz63", "roessler"], Names(trained.Json, "training_systems"));
        Assert.Equal(["chua"], Names(trained.Json, "held_out_systems"));
        // Three variables x two experts of six units: A, W, h, C, the convolution, D, the gate, two temperatures, sigma, L.
        Assert.Equal(
            12 + 72 + 12 + 72 + 18 + 3 + 18 + 27 + 6 + 2 + 3 + 9, trained.Json.GetProperty("parameters").GetInt32());

        Outcome scored = Command.Run(_folder.Path, "evaluate", "RUN", "--context", "300", "--steps", "1000", "--json").Succeeds();
        JsonElement chua = Assert.Single(scored.Json.GetProperty("systems").EnumerateArray());
        Assert.Equal("chua", chua.GetProperty("name").GetString());
        Assert.True(chua.GetProperty("d_stsp").GetDouble() > chua.GetProperty("d_stsp_floor").GetDouble());
        Outcome others = Command.Run(
            _folder.Path, "evaluate", "RUN", "--systems", "sprottb,halvorsen", "--context", "300", "--steps", "500").Succeeds();
        Assert.Contains("halvorsen", others.Output, StringComparison.Ordinal);

        Command.Run(_folder.Path, "report", "RUN", "--context", "300", "--steps", "500").Succeeds();
        string page = File.ReadAllText(_folder.File("RUN/report.html"));
        Assert.Contains("Systems that it has not learnt from", page, StringComparison.Ordinal);
        Assert.Contains("Training loss", page, StringComparison.Ordinal);

        SeriesFile.Write(_folder.File("data.npy"), Lorenz63.Default.Simulate(600, dt: 0.03));
        Outcome forecast = Command.Run(
            _folder.Path, "forecast", "data.npy", "--weights", "RUN", "--only", "dynamix", "--steps", "50", "-o", "orbit.npy", "--json");
        forecast.Succeeds();
        Assert.Equal("dynamix", forecast.Json.GetProperty("chosen").GetString());
        Assert.Equal(50, SeriesFile.Read(_folder.File("orbit.npy"), 0.03).Length);
    }

    [Fact]
    public void A_run_that_was_broken_off_ends_in_the_same_bits()
    {
        Command.Run(_folder.Path, [.. s_train, "-o", "WHOLE"]).Succeeds();
        Command.Run(_folder.Path, [.. s_train, "--checkpoint-every", "100", "-o", "CUT"]).Succeeds();
        // As a process leaves it that is killed after its first checkpoint.
        File.Delete(_folder.File("CUT/model.safetensors"));
        Command.Run(_folder.Path, "train", "--resume", "CUT").Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("CUT/model.safetensors")));
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        Command.Run(_folder.Path, "train", "zero-shot", "data.npy").IsBadInput("not from data.npy", "--systems");
        Command.Run(_folder.Path, "train", "zero-shot", "--systems", "lorenz36").IsBadInput("--systems", "lorenz63");
        Command.Run(_folder.Path, "train", "zero-shot", "--systems", "henon").IsBadInput("henon is a map of 2 variables");
        Command.Run(_folder.Path, "train", "zero-shot", "--systems", "chua", "--hold-out", "chua").IsBadInput("leaves none");
        Command.Run(_folder.Path, "train", "zero-shot", "--hold-out", "1").IsBadInput("holds none out", "2 or more");
        Command.Run(_folder.Path, "train", "zero-shot", "--latent", "3").IsBadInput("--latent is 3", "more units");
        Command.Run(_folder.Path, "train", "zero-shot", "--rows", "1000").IsBadInput("--rows is 1000", "4000 rows");
        Command.Run(_folder.Path, [.. s_train, "-o", "RUN"]).Succeeds();
        Command.Run(_folder.Path, "generate", "RUN").IsBadInput("zero-shot");
        Command.Run(_folder.Path, "lyapunov", "RUN").IsBadInput("zero-shot", "forecast");
        Command.Run(_folder.Path, "evaluate", "RUN", "data.npy").IsBadInput("simulated");
        Command.Run(_folder.Path, "simulate", "lorenz63", "--steps", "400", "-o", "data.npy").Succeeds();
        Command.Run(_folder.Path, "evaluate", "RUN", "data.npy").IsBadInput("forecast data.npy --weights RUN");
        Command.Run(_folder.Path, "train", "esn", "data.npy", "--units", "20", "-o", "ESN").Succeeds();
        Command.Run(_folder.Path, "forecast", "data.npy", "--weights", "ESN").IsBadInput("a esn, not a zero-shot");
    }

    private static IEnumerable<string?> Names(JsonElement json, string key)
        => json.GetProperty(key).EnumerateArray().Select(name => name.GetString());
}
