using System.Diagnostics;
using Attractor.Studio.Folders;

namespace Attractor.Studio.Tests;

/// <summary>What the studio sees of a folder: every run, whoever trains it.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_thousand_runs_are_listed_and_listed_again_without_being_read()
    {
        for (int i = 0; i < 1000; i++)
            StudioFixture.AddRun(_folder, $"group-{i % 10}/run-{i}", isFinished: i % 2 == 0);
        using RunList runs = new(Folder());
        Stopwatch clock = Stopwatch.StartNew();
        Assert.True(runs.Refresh());
        TimeSpan first = clock.Elapsed;
        IReadOnlyList<RunEntry> seen = runs.Current;
        clock.Restart();
        Assert.False(runs.Refresh());
        TestContext.Current.SendDiagnosticMessage($"1,000 runs: {first.TotalMilliseconds:F0} ms, again {clock.ElapsedMilliseconds} ms");
        Assert.Equal(1000, seen.Count);
        Assert.Equal(500, seen.Count(r => r.Status == RunStatus.Finished));
        Assert.All(seen, r => Assert.Equal((100, "shplrnn", 609), (r.Update, r.Model, r.Parameters)));
    }

    [Fact]
    public void A_run_is_training_as_long_as_its_lock_is_held_and_looking_does_not_take_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says who holds a lock");
        string run = StudioFixture.AddRun(_folder, "run");
        using RunList runs = new(Folder());
        Assert.Equal(RunStatus.Stopped, runs.Find("run")!.Status);
        using (Storage.RunFolder held = Storage.RunFolder.Open(run))
        {
            RunEntry entry = runs.Find("run")!;
            Assert.Equal((RunStatus.Training, (int?)Environment.ProcessId), (entry.Status, entry.Process));
        }
        Assert.Equal(RunStatus.Stopped, runs.Find("run")!.Status);
        File.WriteAllText(Path.Combine(run, "config.json"), "{");
        Assert.Equal(RunStatus.Damaged, runs.Find("run")!.Status);
    }

    private StudioFolder Folder() => new(new() { Folder = _folder, Command = [] });
}
