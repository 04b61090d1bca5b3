using Attractor.Learning;
using Attractor.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Storage;

public sealed class MixtureCheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Run => Path.Combine(_folder.FullName, "RUN");

    private string CheckpointFile => Path.Combine(Run, "checkpoint", "state.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_state_is_read_to_the_bit(bool hasBest, bool converged)
    {
        MixtureState state = State(hasBest) with { Done = converged };
        using RunFolder folder = Begun();
        folder.Save(state, []);
        MixtureState read = folder.ResumeMixture()!;
        Assert.Equal(state.Parameters, read.Parameters);
        Assert.Equal(state.Counts, read.Counts);
        Assert.Equal(state.Traces, read.Traces);
        Assert.Equal(state.Updates, read.Updates);
        Assert.Equal(state.Done, read.Done);
        Assert.Equal(hasBest, read.Best is not null);
        if (state.Best is not { } best)
            return;
        Assert.Equal((best.Restart, best.Converged, best.Elbo), (read.Best!.Restart, read.Best.Converged, read.Best.Elbo));
        Assert.Equal(best.Parameters, read.Best.Parameters);
        Assert.Equal(best.Counts, read.Best.Counts);
        Assert.Equal(best.Terms, read.Best.Terms);
    }

    [Fact]
    public void Resuming_cuts_the_sweeps_to_the_checkpoint_and_drops_a_torn_line()
    {
        using RunFolder folder = Begun();
        SweepPoint[] sweeps =
        [
            new(0, 0, 1, -10.1, 0.5),
            new(0, 1, 2, -1.0 / 3, 1),
            new(1, 0, 3, -9, 1.5),
            new(1, 1, 4, -8.5, 2),
            new(1, 2, 5, -8.25, 2.5)
        ];
        folder.Save(State(true), sweeps);
        File.AppendAllText(
            Path.Combine(Run, "metrics.jsonl"),
            """{"restart":1,"sweep":3,"update":6,"elbo":-1,"seconds":3}""" + "\n" + """{"restart":1,"swe""");
        Assert.Equal(5, folder.ResumeMixture()!.Updates);
        Assert.Equal(sweeps, RunFolder.ReadSweeps(Run));
    }

    [Fact]
    public void A_run_without_a_checkpoint_starts_at_the_beginning()
    {
        using RunFolder folder = Begun();
        File.WriteAllText(Path.Combine(Run, "metrics.jsonl"), "{}\n");
        Assert.Null(folder.ResumeMixture());
        Assert.Empty(RunFolder.ReadSweeps(Run));
    }

    [Theory]
    [InlineData("""{"restart":0,"sweep":1,"update":2,"elbo":-3.25,"seconds":0.5}""", true)]
    [InlineData("""{"restart":0,"sweep":1,"update":2,"elbo":-3.25}""", false)]
    [InlineData("""{"restart":0,"sweep":1.5,"update":2,"elbo":-3.25,"seconds":0.5}""", false)]
    [InlineData("""{"restart":99999999999,"sweep":1,"update":2,"elbo":-3.25,"seconds":0.5}""", false)]
    [InlineData("""{"restart":"0","sweep":1,"update":2,"elbo":-3.25,"seconds":0.5}""", false)]
    [InlineData("""{"restart":0,"sweep":1,"update":2,"elbo":null,"seconds":0.5}""", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    public void A_line_is_read_if_it_is_a_whole_one(string line, bool whole)
        => Assert.Equal(whole ? new SweepPoint(0, 1, 2, -3.25, 0.5) : null, MetricsLine.ReadSweep(line));

    [Fact]
    public void Lengths_of_traces_that_do_not_add_up_are_refused()
    {
        using RunFolder folder = Begun();
        folder.Save(State(true), []);
        foreach (double[] lengths in (double[][])[[2, 2], [2, 3.5], [-1, 6], [0, 5], [5, 0], [1e300, 1]])
        {
            SafeTensorsFile file = SafeTensors.Read(CheckpointFile);
            SafeTensors.Write(
                CheckpointFile,
                [.. file.Tensors.Where(t => t.Name != "trace_lengths"), new("trace_lengths", [lengths.Length], lengths)],
                file.Metadata);
            Assert.Contains("traces", Assert.Throws<InvalidDataException>(folder.ResumeMixture).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mutated_checkpoints_are_read_or_refused()
    {
        using RunFolder folder = Begun();
        folder.Save(State(true), []);
        byte[] good = File.ReadAllBytes(CheckpointFile);
        Prop.ForAll(
            Gen.Choose(0, good.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
            {
                byte[] bad = [.. good];
                bad[at.Item1] = (byte)value;
                File.WriteAllBytes(CheckpointFile, value % 5 == 0 ? bad[..at.Item2] : bad);
                try
                {
                    return folder.ResumeMixture() is not null;
                }
                catch (InvalidDataException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal);
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private RunFolder Begun()
    {
        RunFolder folder = RunFolder.Open(Run);
        folder.Begin([], "");
        return folder;
    }

    private static MixtureState State(bool hasBest) => new()
    {
        Traces = [[-10.1, -1.0 / 3], [-9, -8.5, -8.25]],
        Parameters = [0.1, Math.PI, 1e-300],
        Counts = [3.5, 1.5],
        Best = hasBest ? new(0, [0.2, Math.E, 1e300], [4.25, 0.75], [-1, 2.0 / 3], true) : null,
    };
}
