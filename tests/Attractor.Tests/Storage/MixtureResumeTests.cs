using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>Fits by coordinate ascent that go on from what a run folder holds.</summary>
public sealed class MixtureResumeTests : IDisposable
{
    private static readonly TimeSeries s_rows = Rows();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1000)]
    [InlineData(4)]
    public void A_fit_resumed_from_any_checkpoint_ends_in_the_same_bits(int sweeps)
    {
        CoordinateAscentOptions options = new() { Restarts = 3, MaxSweeps = sweeps, Seed = 2 };
        List<(MixtureState State, IReadOnlyList<SweepPoint> Points)> saved = [];
        Mixture whole = Model();
        MixtureFit fit = CoordinateAscent.Fit(
            whole,
            s_rows,
            options,
            null,
            new() { Checkpoint = (state, points) => saved.Add((state, points)), CheckpointInterval = TimeSpan.Zero });
        Assert.True(saved.Count > 9);
        Assert.Equal(sweeps == 1000, fit.Converged);
        Assert.Equal(fit.Traces.Sum(t => t.Count), saved.Sum(s => s.Points.Count));
        using RunFolder folder = RunFolder.Open(Path.Combine(_folder.FullName, "RUN"));
        for (int i = 0; i < saved.Count; i++)
        {
            folder.Save(saved[i].State, saved[i].Points);
            // Of many every seventh, the first few and the last few, which are those of other cases.
            if (i > 3 && i < saved.Count - 3 && i % 7 != 0)
                continue;
            Mixture resumed = Model();
            MixtureFit other = CoordinateAscent.Fit(resumed, s_rows, options, folder.ResumeMixture());
            Assert.Equal(whole.Snapshot(), resumed.Snapshot());
            Assert.Equal(fit.Traces, other.Traces);
            Assert.Equal(
                (fit.Ending, fit.Converged, fit.Reason, fit.Restart, fit.Elbo),
                (other.Ending, other.Converged, other.Reason, other.Restart, other.Elbo));
            Assert.Equal(fit.Terms, other.Terms);
            Assert.Equal(fit.Counts, other.Counts);
        }
        Assert.Equal(fit.Traces.SelectMany(t => t), RunFolder.ReadSweeps(folder.Path).Select(p => p.Elbo));
    }

    [Fact]
    public void A_cancelled_fit_goes_on_to_the_same_bits()
    {
        CoordinateAscentOptions options = new() { Restarts = 3, Seed = 2 };
        Mixture whole = Model(), stopped = Model(), resumed = Model();
        MixtureFit fit = CoordinateAscent.Fit(whole, s_rows, options);
        using CancellationTokenSource source = new();
        MixtureFit cancelled = CoordinateAscent.Fit(
            stopped, s_rows, options, null, new() { Sweep = p => { if (p is { Restart: 1, Sweep: 3 }) source.Cancel(); } }, source.Token);
        Assert.Equal(TrainingEnding.Cancelled, cancelled.Ending);
        Assert.Equal(2, cancelled.Traces.Count);
        Assert.Equal(4, cancelled.Traces[1].Count);
        Assert.Equal(fit.Elbo, CoordinateAscent.Fit(resumed, s_rows, options, cancelled.State).Elbo);
        Assert.Equal(whole.Snapshot(), resumed.Snapshot());
    }

    [Fact]
    public void A_fit_that_ran_out_of_sweeps_goes_on_when_it_is_given_more()
    {
        Mixture whole = Model(), resumed = Model();
        MixtureFit fit = CoordinateAscent.Fit(whole, s_rows, new() { Restarts = 1 });
        MixtureFit few = CoordinateAscent.Fit(resumed, s_rows, new() { Restarts = 1, MaxSweeps = 2 });
        Assert.False(few.Converged);
        MixtureFit more = CoordinateAscent.Fit(resumed, s_rows, new() { Restarts = 1 }, few.State);
        Assert.Equal(fit.Trace, more.Trace);
        Assert.Equal(whole.Snapshot(), resumed.Snapshot());
        // And fewer than it has had change nothing.
        Assert.Equal(more.Elbo, CoordinateAscent.Fit(resumed, s_rows, new() { Restarts = 1, MaxSweeps = 1 }, more.State).Elbo);
        Assert.Equal(whole.Snapshot(), resumed.Snapshot());
    }

    [Fact]
    public void States_that_do_not_fit_are_refused()
    {
        MixtureState good = CoordinateAscent.Fit(Model(), s_rows, new() { Restarts = 1 }).State;
        MixtureOutcome best = good.Best!;
        foreach (MixtureState bad in (MixtureState[])
            [
                good with { Parameters = [1] }, good with { Counts = [1] }, good with { Traces = [] }, good with
                {
                    Best = best with { Parameters = [1] }
                },
                good with { Best = best with { Counts = [] } }, good with { Best = best with { Terms = [1] } },
            ])
        {
            Assert.Contains(
                "is not one of a mixture of 3 components",
                Assert.Throws<ArgumentException>(() => CoordinateAscent.Fit(Model(), s_rows, null, bad)).Message,
                StringComparison.Ordinal);
        }
    }

    private static Mixture Model()
        => new(3, [new NormalGammaBlock(["x"], [4], 0.01, 1, 2), new PoissonBlock("s")], MixtureWeights.Dirichlet(1));

    private static TimeSeries Rows()
    {
        RandomStream random = new(1, "rows");
        return new(
            [.. Enumerable.Range(0, 300).SelectMany(
                n => (double[])[(3 * (n % 3)) + random.NextNormal(), random.NextInt64(2 + (4 * (n % 3)))])],
            2,
            1,
            ["x", "s"]);
    }
}
