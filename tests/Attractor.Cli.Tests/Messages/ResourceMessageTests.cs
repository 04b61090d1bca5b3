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
    [InlineData("vae --latent 900000 --layers 9000", "--latent 900,000 takes more memory than there can be", "fits")]
    [InlineData("vae --latent 90000 --layers 4500", "--latent 90,000 takes about", "fits")]
    [InlineData("vae --layers 100000,80000", "--layers 100,000 takes", "fits")]
    [InlineData("vae --importance-samples 2000000000", "--importance-samples 2,000,000,000 takes about", "fits")]
    [InlineData("vae --shards 2000000000", "--shards 2,000,000,000 takes about", "fits")]
    [InlineData("seqvae --latent 200000 --transition plrnn", "--latent 200,000 takes", "fits")]
    [InlineData("seqvae --encoder-units 100000", "--encoder-units 100,000 takes", "fits")]
    [InlineData("seqvae --encoder shplrnn --encoder-hidden 1000000 --encoder-units 20000", "--encoder-hidden 1,000,000 takes", "fits")]
    [InlineData(
        "seqvae --transition shplrnn --transition-hidden 1000000 --latent 20000", "--transition-hidden 1,000,000 takes", "fits")]
    [InlineData("seqvae --shards 2000000000", "--shards 2,000,000,000 takes about", "fits")]
    public void A_size_beyond_the_memory_is_refused_with_the_one_that_fits(string line, params string[] words)
    {
        Assert.SkipWhen(MemoryNeed.Available > 30e9, "this machine has the memory");
        Command.Run(_folder.Path, ["train", .. line.Split(' ')[..1], "data.npy", .. line.Split(' ')[1..], "-o", "RUN"]).IsBadInput(words);
        Assert.False(Directory.Exists(_folder.File("RUN")));
    }

    [Theory]
    [InlineData("simulate lorenz63 --steps 2147483647")]
    [InlineData("simulate mackey-glass --steps 2147483647 --dt 0.1", "--steps")]
    [InlineData("dimension lorenz63 --steps 2000000000")]
    [InlineData("embed lorenz63 --steps 2000000000")]
    [InlineData("floor lorenz63 --steps 2000000000")]
    [InlineData("lyapunov lorenz63 --steps 2147483647 --window 1 --local windows.npy", "--steps / --window 2,147,483,647 takes")]
    [InlineData("generate RUN --steps 2000000000 -o orbit.npy")]
    [InlineData("dimension RUN --steps 2000000000")]
    [InlineData("generate VAE --count 2000000000 -o samples.npy", "--count 2,000,000,000 takes more memory than there can be")]
    [InlineData("interpolate VAE --steps 2000000000 -o way.npy")]
    [InlineData("generate SEQ --steps 2000000000 -o sequence.npy")]
    [InlineData("generate MIX --count 2000000000 -o rows.csv", "--count 2,000,000,000 takes more memory than there can be")]
    public void More_rows_than_there_is_memory_for_are_refused_before_any_work(string line, string words = "--steps 2,")
    {
        foreach (string train in (string[])[
            "train ngrc data.npy -o RUN", "train vae data.npy -o VAE --layers 4 --epochs 1",
            "train seqvae data.npy -o SEQ --latent 2 --window 20 --epochs 1", "train mixture data.npy -o MIX --position x1,x2 --sweeps 2"])
            if (line.Contains($" {train.Split(' ')[4]} ", StringComparison.Ordinal))
                Command.Run(_folder.Path, [.. train.Split(' '), "-q"]);
        Command.Run(_folder.Path, line.Split(' ')).IsBadInput(words, "at most", "fits");
    }

    [Theory]
    [InlineData("train vae data.npy --layers 4 --epochs 1 --batch 2147483647 -o RUN -q")]
    [InlineData("train seqvae data.npy --latent 2 --window 20 --epochs 1 --batch 2147483647 -o RUN -q")]
    public void A_batch_beyond_the_data_is_all_of_them(string line) => Command.Run(_folder.Path, line.Split(' ')).Succeeds();

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
    [InlineData("dimension lorenz63 --steps 3000000")]
    [InlineData("floor lorenz63 --steps 3000000")]
    [InlineData("embed lorenz63 --steps 3000000 -o embedded.npy")]
    [InlineData("cycles lorenz63 --max-order 20 --starts 2000000000")]
    [InlineData("train mixture long.csv --position x1,x2 --components 300 --restarts 1000 -o RUN")]
    [InlineData("search esn data.npy --units 2000..3000 --trials 100")]
    [InlineData("evaluate LARGE data.npy")]
    [InlineData("report LARGE -o large.html")]
    [InlineData("gradients LARGE data.npy --sequence 100 --grid 401")]
    public void Ctrl_C_is_answered_within_two_seconds(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the signal is sent by kill");
        if (line.Contains("long.csv", StringComparison.Ordinal))
            _folder.WriteData("long.csv", rows: 100_000);
        if (line.Contains("LARGE", StringComparison.Ordinal))
            Command.Run(
                _folder.Path, "train", "shplrnn", "data.npy", "--latent", "300", "--hidden", "1500", "--sequence", "10", "--updates", "1",
                "--select-every", "0", "--start", "random", "--verdict", "no", "-o", "LARGE").Succeeds();
        using Process process = Command.Start(_folder.Path, line.Split(' '));
        Thread.Sleep(2500);
        Assert.False(process.HasExited, "the work is too short to interrupt");
        Stopwatch clock = Stopwatch.StartNew();
        Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        // Two seconds, and what a machine adds that is busy with ten other things.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("cancelled", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }
}
