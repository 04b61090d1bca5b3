using System.Diagnostics;
using System.Globalization;
using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>Runs of sequential variational autoencoders: repeated, shared among threads, interrupted.</summary>
public sealed class SequentialRunTests : IDisposable
{
    private static readonly string[] s_settings =
    [
        "--latent", "2", "--encoder-units", "6", "--transition", "linear", "--posterior", "smoothing", "--batch", "20", "--seed", "3",
        "-q"
    ];

    private readonly TemporaryFolder _folder = new();

    public SequentialRunTests()
    {
        _folder.WriteData();
        TimeSeries whole = SeriesFile.Read(_folder.File("data.npy"));
        SeriesFile.WriteTrials(_folder.File("many.npz"), [.. Enumerable.Range(0, 20).Select(i => whole.Slice(10 * i, 20 + i))]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        Train("ONE", "--epochs", "5", "--threads", "1").Succeeds();
        Train("TWO", "--epochs", "5", "--threads", "2").Succeeds();
        Assert.Equal(Model("ONE"), Model("TWO"));
        Train("SHARD", "--epochs", "5", "--shards", "1").Succeeds();
        Assert.NotEqual(Model("ONE"), Model("SHARD"));
    }

    [Fact]
    public void A_config_repeats_a_run_and_the_command_line_wins()
    {
        Train("RUN", "--epochs", "3", "--window", "15", "--validation", "data.npy").Succeeds();
        Command.Run(_folder.Path, "train", "seqvae", "many.npz", "--config", "RUN/config.json", "-o", "AGAIN").Succeeds();
        Assert.Equal(Model("RUN"), Model("AGAIN"));
        Assert.Equal(
            2, Command.Run(
                _folder.Path, "train", "seqvae", "many.npz", "--config", "RUN/config.json", "--epochs", "2", "-o", "OTHER", "--json")
                .Succeeds().Json
                .GetProperty("epochs")
                .GetArrayLength());
        File.WriteAllText(_folder.File("bad.json"), """{"windw": 3}""");
        Train("NEW", "--config", "bad.json").IsBadInput("windw", "did you mean \"window\"");
    }

    [Fact]
    public void Several_seeds_at_once_give_the_bits_they_give_alone()
    {
        Command.Run(
            _folder.Path,
            ["train", "seqvae", "many.npz", "-o", "ALL", "--seeds", "2..3", "--epochs", "3", .. s_settings[..^3], "-q"]).Succeeds();
        Train("ALONE", "--epochs", "3").Succeeds();
        Assert.Equal(Model("ALONE"), Model("ALL/seed-3"));
    }

    [Fact]
    public void Ctrl_C_leaves_a_run_that_goes_on_to_the_same_bits()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("the signal is sent by kill");
        const string Epochs = "400";
        using (Process process = Command.Start(
            _folder.Path, ["train", "seqvae", "many.npz", "-o", "RUN", .. s_settings, "--epochs", Epochs]))
        {
            for (int i = 0; i < 6000 && !File.Exists(_folder.File("RUN/config.json")); i++)
                Thread.Sleep(10);
            Thread.Sleep(100);
            Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
            string errors = process.StandardError.ReadToEnd();
            Assert.True(process.ExitCode == 130, errors);
            Assert.Contains("--resume RUN", errors, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Train("WHOLE", "--epochs", Epochs).Succeeds();
        Assert.Equal(Model("WHOLE"), Model("RUN"));
    }

    [Fact]
    public void A_run_killed_at_random_instants_ends_in_the_same_bits()
    {
        string[] settings = [.. s_settings, "--epochs", "60", "--validation", "many.npz"];
        Stopwatch clock = Stopwatch.StartNew();
        Command.RunProcess(_folder.Path, ["train", "seqvae", "many.npz", "-o", "WHOLE", .. settings]).Succeeds();
        int whole = (int)clock.ElapsedMilliseconds;
        Random random = new(5);
        for (int kills = 0; !File.Exists(_folder.File("RUN/model.safetensors"));)
        {
            using Process process = File.Exists(_folder.File("RUN/config.json"))
                ? Command.Start(_folder.Path, "train", "--resume", "RUN", "-q")
                : Command.Start(_folder.Path, ["train", "seqvae", "many.npz", "-o", "RUN", .. settings]);
            // The last attempt is left alone: a run so short may get no further than its start between two kills.
            if (process.WaitForExit(kills < 3 ? random.Next(whole / 3, whole) : 60_000))
            {
                Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
                continue;
            }
            process.Kill();
            process.WaitForExit();
            kills++;
        }
        Assert.Equal(Model("WHOLE"), Model("RUN"));
    }

    private Outcome Train(string run, params string[] more)
        => Command.Run(_folder.Path, ["train", "seqvae", "many.npz", "-o", run, .. s_settings, .. more]);

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));
}
