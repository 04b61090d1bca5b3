using Attractor.Data;

namespace Attractor.Cli.Tests;

/// <summary>A run that is to be replaced is there until the new one is.</summary>
public sealed class OverwriteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OverwriteTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fit_that_fails_costs_nothing_of_the_run_that_it_was_to_replace()
    {
        double[] values = new double[800];
        for (int t = 0; t < 400; t++)
            (values[2 * t], values[(2 * t) + 1]) = (Math.Sin(0.1 * t), 2 * Math.Sin(0.1 * t));
        SeriesFile.Write(_folder.File("collinear.npy"), new TimeSeries(values, 2));
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        Dictionary<string, byte[]> before = Contents();
        Command.Run(
            _folder.Path, "train", "ngrc", "collinear.npy", "--ridge", "0", "--noise", "0", "-o", "RUN", "--overwrite").IsBadInput("ridge");
        Assert.Equal(before, Contents());
        Command.Run(_folder.Path, "train", "ngrc", "collinear.npy", "-o", "RUN", "--overwrite", "-q").Succeeds();
        Assert.NotEqual(before["model.safetensors"], Contents()["model.safetensors"]);
        Assert.Contains("collinear.npy", File.ReadAllText(_folder.File("RUN/config.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_replaces_another_ends_in_the_bits_of_one_that_does_not()
    {
        string[] settings = ["train", "clipped-shplrnn", "data.npy", "--updates", "200", "--sequence", "20", "--hidden", "10", "-q", "-o"];
        Command.Run(_folder.Path, [.. settings, "NEW"]).Succeeds();
        Command.Run(_folder.Path, "train", "ngrc", "data.npy", "-o", "RUN", "-q").Succeeds();
        Command.Run(_folder.Path, [.. settings, "RUN", "--overwrite"]).Succeeds();
        Assert.Equal(File.ReadAllBytes(_folder.File("NEW/model.safetensors")), File.ReadAllBytes(_folder.File("RUN/model.safetensors")));
        Assert.Equal(Files("NEW"), Files("RUN"));
    }

    private string[] Files(string run) =>
    [
        .. Directory.GetFiles(_folder.File(run), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder.File(run), f)).Order(StringComparer.Ordinal)
    ];

    private Dictionary<string, byte[]> Contents() => Files("RUN").ToDictionary(f => f, f => File.ReadAllBytes(_folder.File($"RUN/{f}")));
}
