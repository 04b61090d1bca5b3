using System.Security.Cryptography;
using Attractor.Studio.Folders;
using Attractor.Studio.Work;
using Attractor.Systems;

namespace Attractor.Studio.Tests;

/// <summary>Trainings of the studio are processes of their own: they outlive it, and are the same as any other.</summary>
public sealed class TrainingTests : IDisposable
{
    // Looks, twenty a second.
    private const int Patience = 3600;

    private static readonly string[] s_fast =
        ["--hidden=8", "--sequence=20", "--batch=4", "--smooth=no", "--start=random", "--select-every=0", "--checkpoint-every=500"];

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-studio-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public TrainingTests() => Data.SeriesFile.Write(Path.Combine(_folder, "data.npy"), Lorenz63.Default.Simulate(600, 0.02));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_studio_that_ends_leaves_its_trainings_and_the_next_one_finds_and_stops_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says who holds a lock");
        using (RunList first = new(Folder))
        using (Jobs jobs = new(Options, Folder, first))
            jobs.Train("runs/long", ["train", "shplrnn", "data.npy", "--updates=100000000", .. s_fast, "-o", "runs/long"]);
        using RunList second = new(Folder);
        RunEntry run = await Until(second, r => r is { Status: RunStatus.Training, Process: not null, Update: > 0 });
        Jobs.Stop(run);
        RunEntry stopped = await Until(second, r => r.Status == RunStatus.Stopped);
        Assert.True(File.Exists(Path.Combine(stopped.Path, "checkpoint", "state.safetensors")));
        using Jobs later = new(Options, Folder, second);
        later.Train("runs/long", ["train", "--resume", "runs/long"]);
        RunEntry resumed = await Until(second, r => r.Status == RunStatus.Training && r.Update > stopped.Update);
        // Held it does nothing, and goes on when it is let; it can be stopped as it is held.
        Jobs.Pause(resumed, still: true);
        RunEntry held = await Until(second, r => r.Status == RunStatus.Paused);
        await Task.Delay(300, Token);
        second.Refresh();
        long? before = second.Current[0].Update;
        await Task.Delay(500, Token);
        second.Refresh();
        Assert.Equal((RunStatus.Paused, before), (second.Current[0].Status, second.Current[0].Update));
        Jobs.Pause(held, still: false);
        RunEntry going = await Until(second, r => r.Status == RunStatus.Training && r.Update > before);
        Jobs.Pause(going, still: true);
        Jobs.Stop(await Until(second, r => r.Status == RunStatus.Paused));
        await Until(second, r => r.Status == RunStatus.Stopped);
    }

    [Fact]
    public async Task A_training_that_is_watched_ends_in_the_same_bits_as_one_that_is_not()
    {
        using RunList runs = new(Folder);
        using Jobs jobs = new(Options, Folder, runs);
        RunWatch watch = new(Folder, runs, "a");
        using (watch.Watch(() => { }))
        {
            Job watched = jobs.Train("a", ["train", "shplrnn", "data.npy", "--updates=3000", .. s_fast, "-o", "a"]);
            while (!watched.IsOver)
                await Task.Delay(50, Token);
            Assert.Equal(("", JobState.Done), (watched.State == JobState.Done ? "" : watched.Message, watched.State));
            for (int i = 0; i < Patience && watch.Orbit is not { Update: null }; i++)
                await Task.Delay(50, Token);
            Assert.Null(watch.WhyNoOrbit);
            Assert.Equal(3, watch.Orbit!.Generated.Dimension);
        }
        Job alone = jobs.Train("b", ["train", "shplrnn", "data.npy", "--updates=3000", .. s_fast, "-o", "b"]);
        while (!alone.IsOver)
            await Task.Delay(50, Token);
        Assert.Equal(Hash("a"), Hash("b"));

        string Hash(string run) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, run, "model.safetensors"))));
    }

    [Fact]
    public async Task A_question_is_answered_kept_and_cancelled_and_a_fault_is_said()
    {
        using RunList runs = new(Folder);
        using Jobs jobs = new(Options, Folder, runs);
        Job fitted = jobs.Train("esn", ["train", "ngrc", "data.npy", "-o", "esn"]);
        while (!fitted.IsOver)
            await Task.Delay(50, Token);
        Job scores = await jobs.AskAsync("esn", "scores", ["evaluate", "esn", "data.npy"]);
        Assert.Equal(("", JobState.Done), (scores.State == JobState.Done ? "" : scores.Message, scores.State));
        RunEntry run = runs.Find("esn")!;
        Assert.True(run.Score("d_stsp") is { Value: > 0, Floor: > 0 });
        File.AppendAllText(Path.Combine(run.Path, "model.safetensors"), " ");
        Assert.Null(runs.Find("esn")!.Score("d_stsp"));

        Job wrong = await jobs.AskAsync("", "look", ["look", "gone.csv"]);
        Assert.Equal(JobState.Failed, wrong.State);
        Assert.StartsWith("attractor: ", wrong.Message, StringComparison.Ordinal);

        Job waiting = jobs.Ask("", "exponents", ["lyapunov", "lorenz63", "--steps=100000000"]);
        while (waiting.State != JobState.Running)
            await Task.Delay(20, Token);
        await Task.Delay(500, Token);
        waiting.Cancel();
        for (int i = 0; i < Patience && !waiting.IsOver; i++)
            await Task.Delay(50, Token);
        Assert.Equal(JobState.Cancelled, waiting.State);
    }

    [Theory]
    [InlineData(
        "attractor train shplrnn ./-data.csv '--columns=a b' -o runs/a", "train",
        "shplrnn", "./-data.csv", "--columns=a b", "-o", "runs/a")]
    [InlineData("attractor look 'it'\\''s.csv'", "look", "it's.csv")]
    public void A_command_is_shown_as_it_is_typed(string shown, params string[] words) => Assert.Equal(shown, CommandWords.Line(words));

    private StudioOptions Options => new() { Folder = _folder, Command = StudioFixture.Command };

    private StudioFolder Folder => new(Options);

    private static async Task<RunEntry> Until(RunList runs, Func<RunEntry, bool> isSo)
    {
        for (int i = 0; i < Patience; i++)
        {
            runs.Refresh();
            if (runs.Current is [var run, ..] && isSo(run))
                return run;
            await Task.Delay(50, Token);
        }
        throw new TimeoutException($"the run did not come to be so within three minutes: {string.Join(", ", runs.Current)}");
    }
}
