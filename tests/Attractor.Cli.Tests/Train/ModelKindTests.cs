using System.Diagnostics;
using System.Text.Json;

namespace Attractor.Cli.Tests;

/// <summary>The way of a run through the verbs, for kinds of models that differ in their settings from those of the other tests.</summary>
public sealed class ModelKindTests : IDisposable
{
    private static readonly string[] s_short =
    [
        "--latent", "5", "--updates", "300", "--sequence", "20", "--checkpoint-every", "100", "--seed", "3"
    ];

    private readonly TemporaryFolder _folder = new();

    public ModelKindTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_killed_run_of_a_PLRNN_goes_on_to_the_same_bits()
    {
        string[] settings =
        [
            "--latent", "5", "--updates", "100000", "--sequence", "20", "--checkpoint-every", "1000", "--noise", "0.05", "-q"
        ];
        using (Process process = Command.Start(_folder.Path, ["train", "plrnn", "data.npy", "-o", "RUN", .. settings]))
        {
            for (int i = 0; i < 2000 && !File.Exists(_folder.File("RUN/checkpoint/state.safetensors")); i++)
                Thread.Sleep(10);
            process.Kill();
            process.WaitForExit();
        }
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")), "the run ended before it was killed");
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Command.Run(_folder.Path, ["train", "plrnn", "data.npy", "-o", "WHOLE", .. settings]).Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("WHOLE/model.safetensors")), File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
    }

    [Fact]
    public void A_PLRNN_passes_through_every_verb()
    {
        JsonElement trained = Command.Run(_folder.Path, ["train", "plrnn", "data.npy", "-o", "RUN", "--json", .. s_short]).Succeeds().Json;
        Assert.Equal(
            ("plrnn", 5, JsonValueKind.Null),
            (trained.GetProperty("model").GetString(), trained.GetProperty("latent").GetInt32(), trained.GetProperty("hidden").ValueKind));
        Assert.Equal(
            JsonValueKind.Null,
            JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json"))).RootElement.GetProperty("hidden").ValueKind);
        _folder.WriteData("test.npy", rows: 2000);
        Assert.True(Command.Run(_folder.Path, "evaluate", "RUN", "test.npy", "--json").Json.TryGetProperty("d_stsp", out _));
        Command.Run(_folder.Path, "generate", "RUN", "--steps", "20").Succeeds();
        Assert.Equal(5, Command.Run(_folder.Path, "lyapunov", "RUN", "--spectrum", "--steps", "500", "--json")
            .Succeeds().Json
            .GetProperty("spectrum_per_step")
            .GetArrayLength());
        Command.Run(_folder.Path, "report", "RUN", "--data", "test.npy", "-o", "report.html").Succeeds();
        Assert.Contains(
            "2 observed variables, 5 latent units: 41 learnt parameters",
            File.ReadAllText(_folder.File("report.html")),
            StringComparison.Ordinal);
        Command.Run(_folder.Path, "train", "plrnn", "data.npy", "--config", "RUN/config.json", "-o", "AGAIN").Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("RUN/model.safetensors")), File.ReadAllBytes(_folder.File("AGAIN/model.safetensors")));
    }

    [Fact]
    public void A_config_of_another_kind_serves_a_PLRNN_but_hidden_units_on_the_command_line_are_refused()
    {
        File.WriteAllText(_folder.File("shared.json"), """{"hidden": 30, "updates": 10, "sequence": 20}""");
        Command.Run(_folder.Path, "train", "plrnn", "data.npy", "--config", "shared.json", "-o", "RUN").Succeeds();
        Command.Run(_folder.Path, "train", "plrnn", "data.npy", "--hidden", "30", "-o", "RUN").IsBadInput(
            "has no hidden units", "leave --hidden out", "--latent");
    }
}
