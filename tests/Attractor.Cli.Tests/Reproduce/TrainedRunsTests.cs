using Attractor.Experiments;
using Attractor.Runs;

namespace Attractor.Cli.Tests;

/// <summary>The networks of an experiment: trained once, gone on with, never lost to another setting.</summary>
public sealed class TrainedRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainedRunsTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_interrupted_network_goes_on_to_the_bits_of_one_that_was_not()
    {
        Train("whole.html", Settings(), TestContext.Current.CancellationToken);
        using (CancellationTokenSource stop = new())
        {
            stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => Train("parts.html", Settings(), stop.Token));
        }
        Assert.True(File.Exists(_folder.File("parts-runs/n/config.json")));
        Assert.False(File.Exists(_folder.File("parts-runs/n/model.safetensors")));
        Train("parts.html", Settings(), TestContext.Current.CancellationToken);
        Assert.Equal(Model("whole"), Model("parts"));
    }

    [Fact]
    public void A_finished_network_is_taken_and_one_of_other_settings_kept()
    {
        Train("report.html", Settings(), TestContext.Current.CancellationToken);
        DateTime before = File.GetLastWriteTimeUtc(_folder.File("report-runs/n/model.safetensors"));
        Train("report.html", Settings(), TestContext.Current.CancellationToken);
        Assert.Equal(before, File.GetLastWriteTimeUtc(_folder.File("report-runs/n/model.safetensors")));
        RunExistsException refused = Assert.Throws<RunExistsException>(
            () => Train("report.html", Settings() with { Hidden = 7 }, TestContext.Current.CancellationToken));
        Assert.Contains("with hidden 5", refused.Message, StringComparison.Ordinal);
        byte[] first = Model("report");
        Train("report.html", Settings() with { Hidden = 7 }, TestContext.Current.CancellationToken, overwrite: true);
        Assert.NotEqual(first, Model("report"));
    }

    private static RecurrentSettings Settings()
        => new()
        {
            Hidden = 5,
            Updates = 40,
            Sequence = 20,
            Batch = 4,
            Start = StartingParameters.Random,
            SelectEvery = 0,
            CheckpointEvery = 10
        };

    private void Train(string report, RecurrentSettings settings, CancellationToken token, bool overwrite = false)
        => new TrainedRuns(new(_folder.File(report), quiet: true, overwrite, name => name))
            .Train("n", "shplrnn", _folder.File("data.npy"), settings, token);

    private byte[] Model(string report) => File.ReadAllBytes(_folder.File($"{report}-runs/n/model.safetensors"));
}
