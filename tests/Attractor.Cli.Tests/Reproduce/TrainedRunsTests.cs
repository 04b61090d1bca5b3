using System.Text.Json;
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

    // From seed 3 the states of 128 steps that are not forced leave the range of numbers before the first update.
    [Fact]
    public void A_training_that_diverges_is_a_finding_among_others()
    {
        Outcome outcome = Command.Run(_folder.Path, (
            "reproduce teacher-forcing --intervals 128 --seeds 2..3 --updates 10 --delay-updates 10 --rows 3000 -o r4.html --json")
            .Split(' ')).Succeeds();
        JsonElement tau = outcome.Json.GetProperty("curve")[0];
        Assert.Equal(1, tau.GetProperty("diverged").GetInt32());
        Assert.Equal(JsonValueKind.Number, tau.GetProperty("d_stsp")[0].ValueKind);
        Assert.Equal(JsonValueKind.Null, tau.GetProperty("d_stsp")[1].ValueKind);
        Assert.False(File.Exists(_folder.File("r4-runs/tau-128-seed-3/model.safetensors")));
    }

    [Fact]
    public void Seeds_that_diverge_are_left_out_and_named_unless_all_do()
    {
        TrainedRuns runs = new(new(_folder.File("report.html"), quiet: true, overwrite: false, name => name));
        (string[] measured, long[] diverged) = runs.EachSeed([4, 3, 9], Measure, TestContext.Current.CancellationToken);
        Assert.Equal(["network 4", "network 9"], measured);
        Assert.Equal([3], diverged);
        Assert.Equal(" The training of seed 3 diverged: what is said is of the others.", TrainedRuns.Missing(diverged));
        Assert.Equal("", TrainedRuns.Missing([]));
        ArithmeticException all = Assert.Throws<ArithmeticException>(
            () => runs.EachSeed([3, 3], Measure, TestContext.Current.CancellationToken));
        Assert.Contains("every seed diverged (3, 3)", all.Message, StringComparison.Ordinal);

        static string Measure(long seed) => seed == 3 ? throw new TrainingDivergedException("n") : $"network {seed}";
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
