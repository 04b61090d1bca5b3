using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary><c>attractor generate</c> of a network that data drive first.</summary>
public sealed class WarmUpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_warm_up_drives_the_network_before_it_runs()
    {
        Run("simulate", "lorenz63", "--steps", "2000", "--standardize", "-o", "train.npy");
        Run("train", "plrnn", "train.npy", "--latent", "6", "--updates", "100", "--warm-up", "20", "-o", "RUN", "--quiet");
        Run("generate", "RUN", "--from", "train.npy", "--warm-up", "30", "--start", "5", "--steps", "10", "-o", "driven.npy");
        Assert.Equal(
            SeriesFile.Read(_folder.File("train.npy"), 1).Row(35).ToArray(),
            SeriesFile.Read(_folder.File("driven.npy"), 1).Row(0).ToArray());
        Command.Run(_folder.Path, "generate", "RUN", "--from", "train.npy", "--warm-up", "2000").IsBadInput("--warm-up", "1999");
    }

    private Outcome Run(params string[] arguments) => Command.Run(_folder.Path, arguments).Succeeds();
}
