using System.Diagnostics;
using System.Globalization;

namespace Attractor.Cli.Tests;

public sealed class AutoencoderRunTests : IDisposable
{
    private static readonly string[] s_small = ["--layers", "16", "--latent", "4", "--batch", "20", "--seed", "3"];

    private readonly TemporaryFolder _folder = new();

    public AutoencoderRunTests() => ImageFiles.Write(_folder.File("train.idx.gz"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_config_repeats_a_run_to_the_bit()
    {
        Train("RUN", "--epochs", "3", "--binarize", "sample", "--importance-samples", "2").Succeeds();
        Command.Run(_folder.Path, "train", "vae", "--images", "train.idx.gz", "--config", "RUN/config.json", "-o", "AGAIN").Succeeds();
        Assert.Equal(Model("RUN"), Model("AGAIN"));
        Command.Run(_folder.Path, "train", "vae", "--images", "train.idx.gz", "--config", "RUN/config.json", "--seed", "4", "-o", "OTHER")
            .Succeeds();
        Assert.NotEqual(Model("RUN"), Model("OTHER"));
    }

    [Fact]
    public void One_thread_and_two_give_the_same_file()
    {
        Train("ONE", "--epochs", "3", "--threads", "1").Succeeds();
        Train("TWO", "--epochs", "3", "--threads", "2").Succeeds();
        Assert.Equal(Model("ONE"), Model("TWO"));
        Train("FOUR", "--epochs", "3", "--shards", "4").Succeeds();
        Assert.NotEqual(Model("ONE"), Model("FOUR"));
    }

    [Fact]
    public void A_run_that_is_interrupted_and_then_killed_ends_in_the_same_bits()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("the signal is sent by kill");
        string[] settings = ["--epochs", "600", "--test-images", "train.idx.gz", "--binarize", "sample"];
        Train("WHOLE", settings).Succeeds();
        using (Process process = Start("RUN", settings))
        {
            AwaitEpoch(process, 5);
            Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            string rest = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("--resume RUN", rest, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
        int kept = File.ReadLines(_folder.File("RUN/metrics.jsonl")).Count();
        Assert.InRange(kept, 5, 599);
        // Epochs after the checkpoint are lost to the kill, no others.
        using (Process process = Command.Start(_folder.Path, "train", "--resume", "RUN"))
        {
            AwaitEpoch(process, kept + 5);
            process.Kill();
            process.WaitForExit();
        }
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Assert.Equal(Model("WHOLE"), Model("RUN"));
        Assert.Equal(Losses("WHOLE"), Losses("RUN"));
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput("finished");
    }

    [Fact]
    public void A_run_killed_before_its_first_checkpoint_begins_again()
    {
        string[] settings = ["--epochs", "300"];
        using (Process process = Start("RUN", settings))
        {
            AwaitEpoch(process, 1);
            process.Kill();
            process.WaitForExit();
        }
        Command.Run(_folder.Path, "train", "--resume", "RUN", "-q").Succeeds();
        Train("WHOLE", settings).Succeeds();
        Assert.Equal(Model("WHOLE"), Model("RUN"));
        Assert.Equal(300, Losses("RUN").Length);
    }

    [Fact]
    public void Several_seeds_at_once_give_the_bits_they_give_alone()
    {
        string[] settings = ["train", "vae", "--images", "train.idx.gz", "--layers", "8", "--latent", "2", "--epochs", "2"];
        Command.Run(_folder.Path, [.. settings, "-o", "ALL", "--seeds", "2..3"]).Succeeds();
        Command.Run(_folder.Path, [.. settings, "-o", "ALONE", "--seed", "3"]).Succeeds();
        Assert.Equal(Model("ALONE"), Model("ALL/seed-3"));
        Assert.NotEqual(Model("ALL/seed-2"), Model("ALL/seed-3"));
    }

    [Fact]
    public void A_training_that_diverges_ends_with_code_1_and_keeps_its_last_good_state()
    {
        Outcome outcome = Train("RUN", "--epochs", "3", "--lr", "1e30", "--max-divergences", "2", "--json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal("diverged", outcome.Json.GetProperty("ending").GetString());
        Assert.Equal(3, outcome.Json.GetProperty("divergences").GetInt32());
        Assert.True(File.Exists(_folder.File("RUN/checkpoint/state.safetensors")));
        Assert.False(File.Exists(_folder.File("RUN/model.safetensors")));
    }

    private Outcome Train(string run, params string[] settings) => Command.Run(_folder.Path, Arguments(run, settings));

    private Process Start(string run, string[] settings) => Command.Start(_folder.Path, Arguments(run, settings));

    private static string[] Arguments(string run, string[] settings)
        => ["train", "vae", "--images", "train.idx.gz", "-o", run, .. s_small, .. settings];

    private byte[] Model(string run) => File.ReadAllBytes(_folder.File($"{run}/model.safetensors"));

    // What an epoch took is not a result.
    private string[] Losses(string run)
        => [.. File.ReadLines(_folder.File($"{run}/metrics.jsonl")).Select(l => l[..l.IndexOf("\"seconds\"", StringComparison.Ordinal)])];

    private static void AwaitEpoch(Process process, int epoch)
    {
        string words = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch} of");
        while (process.StandardError.ReadLine() is { } line)
            if (line.Contains(words, StringComparison.Ordinal))
                return;
        Assert.Fail($"the training ended before epoch {epoch}");
    }
}
