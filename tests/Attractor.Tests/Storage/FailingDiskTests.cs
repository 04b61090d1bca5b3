using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>Every step that changes the disk fails once, in turn: afterwards the run is whole, the old one or the new one.</summary>
public sealed class FailingDiskTests : IDisposable
{
    private static readonly TrainingOptions s_options = new()
    {
        Updates = 30,
        SequenceLength = 5,
        BatchSize = 4,
        CheckpointInterval = 10,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    private string Run => Path.Combine(_folder, "RUN");

    private string Model => Path.Combine(Run, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("training", "full", true)]
    [InlineData("training", "forbidden", true)]
    [InlineData("training", "torn", true)]
    [InlineData("training", "full", false)]
    [InlineData("training", "torn", false)]
    [InlineData("mixture", "full", true)]
    [InlineData("mixture", "torn", true)]
    [InlineData("mixture", "torn", false)]
    public void A_run_is_whole_after_every_step_that_fails(string kind, string fault, bool replaces)
    {
        byte[] old = [], expected;
        int steps = 0;
        Begin("new");
        Work(kind, 2);
        expected = File.ReadAllBytes(Model);
        Directory.Delete(Run, recursive: true);
        for (int failing = 1; ; failing++)
        {
            if (replaces)
            {
                Begin("old");
                Work(kind, 1);
                old = File.ReadAllBytes(Model);
                Assert.NotEqual(expected, old);
            }
            steps = 0;
            bool failed = false;
            FileSteps.Before = (step, path) =>
            {
                if (++steps != failing)
                    return;
                failed = true;
                Fail(fault, step, path);
            };
            try
            {
                Begin("new");
                Work(kind, 2);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
            finally
            {
                FileSteps.Before = null;
            }
            if (!failed)
                break;
            string where = $"step {failing} of {steps}";
            RunFolder.Open(Run).Dispose();
            bool isNew = !replaces || RunFolder.ReadConfig(Run).GetProperty("run").GetString() == "new";
            if (isNew)
            {
                if (!File.Exists(Path.Combine(Run, "config.json")))
                    Begin("new");
                Work(kind, 2);
                Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Model)), where);
            }
            else
            {
                Assert.True(old.AsSpan().SequenceEqual(File.ReadAllBytes(Model)), where);
                Assert.Equal("old", File.ReadAllText(Path.Combine(Run, "command.txt")));
            }
            Assert.Equal(["checkpoint"], Directory.GetDirectories(Run).Select(Path.GetFileName));
            Assert.Empty(Directory.GetFiles(Run, "*.tmp", SearchOption.AllDirectories));
            Directory.Delete(Run, recursive: true);
        }
        Assert.InRange(steps, 20, 600);
    }

    private static void Fail(string fault, string step, string path)
    {
        if (fault == "torn" && step is "append")
            File.AppendAllText(path, "{\"update\":4,\"lo");
        if (fault == "torn" && step is "flush" && path.EndsWith(".jsonl", StringComparison.Ordinal))
            throw new IOException("Input/output error");
        throw fault == "forbidden" ? new UnauthorizedAccessException("Permission denied") : new IOException("No space left on device");
    }

    private RunFolder? _held;

    // Left open for the work, which goes on with it.
    private void Begin(string name)
    {
        _held = RunFolder.Open(Run);
        try
        {
            _held.Begin(new() { ["run"] = name }, name);
        }
        catch
        {
            _held.Dispose();
            _held = null;
            throw;
        }
    }

    private void Work(string kind, ulong seed)
    {
        bool resumes = _held is null;
        using RunFolder folder = _held ?? RunFolder.Open(Run);
        _held = null;
        if (resumes && folder.IsFinished)
            return;
        if (kind == "training")
        {
            ShallowPlrnn model = new(1, 2, 3, seed);
            TimeSeries data = new([.. Enumerable.Range(0, 60).Select(t => Math.Sin(0.3 * t))], 1);
            TrainingResult result = Training.Fit(
                model, [data], s_options with { Seed = seed }, resumes ? folder.Resume() : null, folder.Save);
            Assert.Equal(TrainingEnding.Completed, result.Ending);
            folder.Finish(model);
        }
        else
        {
            Mixture mixture = new(2, [new PoissonBlock("n", shape: seed)], MixtureWeights.Dirichlet(1));
            TimeSeries rows = new([.. Enumerable.Range(0, 30).Select(i => (double)((i * i) % 17))], 1, names: ["n"]);
            folder.Finish(CoordinateAscent.Fit(
                mixture,
                new SeriesRows(rows),
                new() { Seed = 3, Restarts = 2, MaxSweeps = 6 },
                resumes ? folder.ResumeMixture() : null,
                new() { Checkpoint = folder.Save }));
        }
    }
}
