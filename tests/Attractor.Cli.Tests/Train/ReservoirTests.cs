using System.Text.Json;
using Attractor.Data;
using Attractor.Tests;

namespace Attractor.Cli.Tests;

/// <summary>The way of models with a linear readout through the verbs.</summary>
public sealed class ReservoirTests : IDisposable
{
    private static readonly string[]
        s_network = ["train", "esn", "data.npy", "--units", "40", "--leak", "0.5", "--readout", "squares", "--seed", "3"],
        s_autoregression = ["train", "ngrc", "data.npy", "--delays", "3", "--orders", "2,3"],
        s_networkKeys =
        [
            "run", "model", "observed", "units", "parameters", "seed", "ending", "samples", "loss", "squared_error", "mse", "ridge",
            "reciprocal_condition", "warm_up", "forgetting", "seconds", "verdict", "verdict_reason",
        ];

    private readonly TemporaryFolder _folder = new();

    public ReservoirTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_loss_on_the_shared_recording_is_that_of_the_reference()
    {
        Assert.SkipUnless(SharedData.TryFind(Path.Combine("lorenz63", "train.npy"), out string path), "the shared recording is not here");
        SeriesFile.Write(_folder.File("lorenz.npy"), SeriesFile.Read(path).Slice(0, 10_001));
        JsonElement trained = Run(
            "train", "esn", "lorenz.npy", "--units", "500", "--leak", "0.6", "--bias-scale", "0.7", "--input-scale", "0.3",
            "--spectral-radius", "0.75", "--ridge", "0.01",
            "--washout", "1000", "--random", "numpy", "--seed", "87", "--json").Json;
        Assert.Equal(71.0180505434, trained.GetProperty("loss").GetDouble(), 71e-6);
        Assert.Equal(9000, trained.GetProperty("samples").GetInt32());
        Assert.InRange(trained.GetProperty("forgetting").GetInt32(), 10, 1000);
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("ngrc")]
    public void A_bare_file_sets_out_without_a_history(string kind)
    {
        Run([.. kind == "esn" ? s_network : s_autoregression, "-o", "RUN", "-q"]);
        File.Copy(_folder.File("RUN/model.safetensors"), _folder.File("bare.safetensors"));
        Assert.Equal(
            50, Run("generate", "bare.safetensors", "--steps", "50", "-o", "orbit.npy", "--json").Json.GetProperty("rows").GetInt32());
        Assert.True(Run("dimension", "bare.safetensors", "--steps", "1500", "--json").Json.TryGetProperty("correlation_dimension", out _));
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("ngrc")]
    public void A_readout_passes_through_every_verb(string kind)
    {
        bool network = kind == "esn";
        Outcome trained = Run([.. network ? s_network : s_autoregression, "-o", "RUN", "--json"]);
        Assert.Equal("", trained.Errors);
        Assert.Equal(network ? s_networkKeys : s_networkKeys.Except(["forgetting"]), Keys(trained.Json));
        Assert.Equal(
            (kind, 2, network ? 80 : 168, "completed"),
            (
                trained.Json.GetProperty("model").GetString(),
                trained.Json.GetProperty("observed").GetInt32(),
                trained.Json.GetProperty("parameters").GetInt32(),
                trained.Json.GetProperty("ending").GetString()));
        Assert.Equal(["command.txt", "config.json", "model.safetensors"], Files("RUN"));
        Assert.Contains(
            $"attractor train {kind} data.npy --config RUN/config.json",
            File.ReadAllText(_folder.File("RUN/command.txt")),
            StringComparison.Ordinal);

        _folder.WriteData("test.npy", rows: 600);
        JsonElement generated = Run("generate", "RUN", "--steps", "150", "-o", "orbit.npy", "--json").Json;
        Assert.Equal((150, 2, true), (
            generated.GetProperty("rows").GetInt32(),
            generated.GetProperty("columns").GetInt32(),
            generated.GetProperty("finite").GetBoolean()));
        TimeSeries orbit = SeriesFile.Read(_folder.File("orbit.npy")), truth = SeriesFile.Read(_folder.File("data.npy"));
        int first = trained.Json.GetProperty("warm_up").GetInt32();
        Assert.Equal(truth.Row(first).ToArray(), orbit.Row(0).ToArray());
        for (int t = 0; t < 20; t++)
            Assert.Equal(truth[first + t, 0], orbit[t, 0], 0.1);

        JsonElement scores = Run("evaluate", "RUN", "test.npy", "--json").Json;
        Assert.True(scores.GetProperty("finite").GetBoolean());
        Assert.InRange(scores.GetProperty("valid_prediction_steps").GetDouble(), 20, 600);
        Assert.Equal(
            JsonValueKind.Number, Run("lyapunov", "RUN", "--steps", "300", "--json").Json.GetProperty("lyapunov_max_per_step").ValueKind);
        Assert.Equal(
            2, Run("lyapunov", "RUN", "--steps", "100", "--count", "2", "--json").Json.GetProperty("spectrum_per_step").GetArrayLength());
        JsonElement cycles = Run("cycles", "RUN", "--max-order", "1", "--starts", "5", "--json").Json;
        Assert.Equal((kind, network ? 40 : 6), (cycles.GetProperty("map").GetString(), cycles.GetProperty("state_dimension").GetInt32()));
        Run("report", "RUN", "--data", "test.npy", "-o", "report.html");
        Assert.Contains(
            network ? "40 reservoir units" : "84 features of 3 delays",
            File.ReadAllText(_folder.File("report.html")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("ngrc")]
    public void A_run_is_repeated_resumed_and_replaced_to_the_same_bytes(string kind)
    {
        string[] train = kind == "esn" ? s_network : s_autoregression;
        string text = Run([.. train, "-o", "RUN"]).Output;
        Assert.EndsWith("next: attractor evaluate RUN data.npy\n", text, StringComparison.Ordinal);
        byte[] model = Model("RUN");
        Run([.. train, "-o", "SAME"]);
        Run("train", kind, "data.npy", "--config", "RUN/config.json", "-o", "AGAIN");
        Directory.CreateDirectory(_folder.File("PART"));
        File.Copy(_folder.File("RUN/config.json"), _folder.File("PART/config.json"));
        Command.Run(_folder.Path, "generate", "PART").IsBadInput("not finished", "--resume PART");
        Command.Run(_folder.Path, [.. train, "-o", "PART"]).IsBadInput("unfinished", "--resume PART");
        Run("train", "--resume", "PART");
        foreach (string run in (string[])["SAME", "AGAIN", "PART"])
            Assert.Equal(model, Model(run));
        Command.Run(_folder.Path, "train", "--resume", "PART").IsBadInput("finished");
        Command.Run(_folder.Path, [.. train, "-o", "RUN", "--ridge", "1"]).IsBadInput("--overwrite");
        Assert.Equal(model, Model("RUN"));
        Run([.. train, "-o", "RUN", "--ridge", "1", "--overwrite"]);
        Assert.NotEqual(model, Model("RUN"));
    }

    [Fact]
    public void Each_seed_has_a_folder_and_the_bits_it_has_alone()
    {
        JsonElement runs = Run([.. s_network[..^2], "--seeds", "2..3", "-o", "ALL", "--json"]).Json.GetProperty("runs");
        Assert.Equal([2, 3], runs.EnumerateArray().Select(r => r.GetProperty("seed").GetInt32()));
        Run([.. s_network, "-o", "ALONE"]);
        Assert.Equal(Model("ALONE"), Model("ALL/seed-3"));
        Assert.NotEqual(Model("ALL/seed-2"), Model("ALL/seed-3"));
        Command.Run(_folder.Path, "generate", "ALL").IsBadInput("several runs", "ALL/seed-2");
    }

    [Theory]
    [InlineData("esn", "gcv")]
    [InlineData("esn", "validation")]
    [InlineData("ngrc", "gcv")]
    public void A_lambda_that_is_selected_is_the_best_of_its_path(string kind, string selection)
    {
        JsonElement trained = Run([.. kind == "esn" ? s_network : s_autoregression, "--select", selection, "-o", "RUN", "--json"]).Json;
        JsonElement[] path = [.. trained.GetProperty("ridge_path").EnumerateArray()];
        Assert.All(path, point => Assert.Equal(["ridge", "score", "degrees_of_freedom"], Keys(point)));
        double[] ridges = [.. path.Select(p => p.GetProperty("ridge").GetDouble())];
        Assert.InRange(ridges.Length, 5, 100);
        Assert.Equal(1e14, ridges.Max() / ridges.Min(), 1e10);
        JsonElement best = path.Where(p => p.GetProperty("score").ValueKind == JsonValueKind.Number).MinBy(
            p => p.GetProperty("score").GetDouble());
        Assert.Equal(best.GetProperty("ridge").GetDouble(), trained.GetProperty("ridge").GetDouble());
    }

    [Fact]
    public void The_reservoir_experiment_gives_the_loss_of_the_reference_and_a_report()
    {
        bool shared = SharedData.TryFind("lorenz63", out string path);
        string[] data = shared ? ["--data", path] : [];
        JsonElement result = Run(["reproduce", "reservoir", .. data, "--networks", "2", "-o", "reservoir.html", "--json"]).Json;
        Assert.Equal(
            [
                "loss", "loss_published", "loss_in_numpy", "test_mse", "test_mse_in_numpy", "test_mse_after_washout",
                "loss_with_less_noise", "test_mse_with_less_noise", "noise_mse", "lyapunov_max", "lyapunov_max_true", "fewest_units",
                "fewest_units_published",
                "line_search", "experiment", "verdict", "comparison", "answers", "settings", "report"
            ], Keys(result));
        // With 3 % of noise the document's own numbers are met: its loss of 26.18, its errors from 0.0011 on.
        Assert.Equal(26.18, result.GetProperty("loss_with_less_noise").GetDouble(), 0.5);
        Assert.Equal(0.0011, result.GetProperty("test_mse_with_less_noise").GetDouble(), 1e-4);
        // 5 % of a standard deviation of 1.
        Assert.Equal(0.0025, result.GetProperty("noise_mse").GetDouble(), 1e-4);
        Assert.Equal(
            shared,
            result.GetProperty("comparison").EnumerateArray().Any(
                r => r.GetProperty("document").ToString() == "71.0180505434" && Math.Abs(r.GetProperty("difference").GetDouble()) < 1e-8));
        JsonElement[] line = [.. result.GetProperty("line_search").EnumerateArray()];
        Assert.All(line, trial => Assert.Equal(["units", "mean_test_mse", "standard_deviation", "scores"], Keys(trial)));
        Assert.Equal([500, 375, 281, 211], line.Take(4).Select(t => t.GetProperty("units").GetInt32()));
        Assert.InRange(result.GetProperty("fewest_units").GetInt32(), 10, 300);
        Assert.InRange(result.GetProperty("lyapunov_max").GetDouble(), 0.7, 1.1);
        Assert.Contains("<html", File.ReadAllText(_folder.File("reservoir.html")), StringComparison.OrdinalIgnoreCase);
        if (shared)
            Assert.Equal(71.0180505434, result.GetProperty("loss").GetDouble(), 71e-6);
    }

    [Theory]
    [InlineData("train esn", "attractor train esn train.npy")]
    [InlineData("train ngrc", "attractor train ngrc train.npy")]
    [InlineData("search", "attractor search esn train.npy")]
    public void Help_names_every_setting_and_ends_with_an_example(string verb, string example)
    {
        string help = Run([.. verb.Split(' '), "--help"]).Output.TrimEnd();
        string last = help[(help.LastIndexOf('\n') + 1)..];
        Assert.StartsWith("  " + example, last, StringComparison.Ordinal);
        Run([.. verb.EndsWith("ngrc", StringComparison.Ordinal) ? s_autoregression : s_network, "-o", "RUN"]);
        IEnumerable<string> settings = Keys(JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement)
            .SkipWhile(key => key != "parameters")
            .Skip(1);
        // A search has a lambda for each candidate and a test part of its own.
        string[] missing = [.. settings.Where(key => !help.Contains($"  --{key.Replace('_', '-')} <", StringComparison.Ordinal))];
        Assert.Equal(verb == "search" ? ["select", "held_out"] : [], missing);
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));

    private string[] Files(string run)
        => [.. Directory.EnumerateFiles(_folder.File(run), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder.File(run), f))
            .Where(f => f != ".lock")
            .Order(StringComparer.Ordinal)];

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(p => p.Name)];
}
