using System.Diagnostics;
using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

/// <summary>What takes more than there is, or fits nothing that there is, is said before any work, with what would do.</summary>
public sealed class ResourceMessageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ResourceMessageTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plrnn --latent 20000 --sequence 20", "--latent 20,000 takes about", "GB of memory", "fits")]
    [InlineData("shplrnn --latent 8000 --hidden 60000 --sequence 20", "--hidden 60,000 takes about", "fits")]
    [InlineData("shplrnn --batch 2147483647 --sequence 20", "--batch 2,147,483,647 takes about", "fits")]
    [InlineData("esn --units 90000 --connectivity 1", "--units 90,000 takes about", "fits")]
    [InlineData("esn --units 100000", "--units 100,000 takes about", "fits")]
    public void A_size_beyond_the_memory_is_refused_with_the_one_that_fits(string line, params string[] words)
    {
        Assert.SkipWhen(MemoryNeed.Available > 30e9, "this machine has the memory");
        Stopwatch clock = Stopwatch.StartNew();
        Command.Run(_folder.Path, ["train", .. line.Split(' ')[..1], "data.npy", .. line.Split(' ')[1..], "-o", "RUN"]).IsBadInput(words);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Theory]
    [InlineData("train ngrc data.npy --seed -1")]
    [InlineData("simulate lorenz63 --seed -1")]
    [InlineData("demo --seed -1")]
    [InlineData("cycles lorenz63 --seed -1")]
    [InlineData("gradients lorenz63 --seed -1")]
    public void A_negative_seed_is_refused_everywhere(string line)
        => Command.Run(_folder.Path, line.Split(' ')).IsBadInput("--seed must not be negative, not -1");

    [Fact]
    public void A_checkpoint_of_another_model_is_named_with_what_to_do()
    {
        Command.Run(
            _folder.Path, "train", "shplrnn", "data.npy", "-o", "RUN", "--updates", "100", "--sequence", "20", "--hidden", "8",
            "-q").Succeeds();
        File.Delete(_folder.File("RUN/model.safetensors"));
        JsonObject config = JsonNode.Parse(File.ReadAllText(_folder.File("RUN/config.json")))!.AsObject();
        config["hidden"] = 9;
        File.WriteAllText(_folder.File("RUN/config.json"), config.ToJsonString());
        Command.Run(_folder.Path, "train", "--resume", "RUN").IsBadInput(
            "RUN/checkpoint/state.safetensors", "config.json", "parameters", "bring back the config");
    }

    [Theory]
    [InlineData("train esn data.npy --units 4000 --connectivity 1 -o RUN")]
    [InlineData("lyapunov lorenz96 --steps 2000000000 --spectrum")]
    [InlineData("simulate lorenz63 --steps 200000000 -o long.npy")]
    public void Ctrl_C_is_answered_within_two_seconds(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signal is sent by kill");
        using Process process = Command.Start(_folder.Path, line.Split(' '));
        Thread.Sleep(2500);
        Assert.False(process.HasExited, "the work is too short to interrupt");
        Stopwatch clock = Stopwatch.StartNew();
        Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        // Two seconds, and what a busy machine adds.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("cancelled", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }
}
