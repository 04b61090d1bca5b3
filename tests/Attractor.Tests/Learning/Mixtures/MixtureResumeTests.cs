using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>A fit that was interrupted goes on to the bits of one that was not.</summary>
[Trait("Registers", "Narrow")]
public sealed class MixtureResumeTests
{
    private static readonly CoordinateAscentOptions s_options = new()
    {
        Restarts = 4,
        MaxSweeps = 12,
        Seed = 3,
        Start = MixtureStart.Random
    };

    private static readonly TimeSeries s_rows = MixtureCase.Of("every kind, missing").Rows;

    [Fact]
    public void From_every_checkpoint_a_fit_goes_on_to_the_same_bits()
    {
        List<MixtureState> states = [];
        MixtureFit whole = CoordinateAscent.Fit(
            Model(),
            s_rows,
            s_options,
            callbacks: new() { CheckpointInterval = TimeSpan.Zero, Checkpoint = (state, _) => states.Add(state) });
        Assert.InRange(states.Count, 20, 48);
        Assert.Contains(states, s => s.Traces.Count == 3 && s.Best is not null);
        foreach (MixtureState state in states)
            AssertSame(whole, CoordinateAscent.Fit(Model(), s_rows, s_options, state));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void A_fit_that_is_cancelled_leaves_what_it_has_and_goes_on_to_the_same_bits(int updates)
    {
        MixtureFit whole = CoordinateAscent.Fit(Model(), s_rows, s_options);
        using CancellationTokenSource source = new();
        Mixture model = Model();
        MixtureState? saved = null;
        MixtureFit part = CoordinateAscent.Fit(
            model,
            s_rows,
            s_options,
            callbacks: new() { Sweep = p => { if (p.Update >= updates) source.Cancel(); }, Checkpoint = (state, _) => saved = state },
            cancellationToken: source.Token);
        Assert.Equal(TrainingEnding.Cancelled, part.Ending);
        Assert.Equal(TrainingEnding.Completed, whole.Ending);
        Assert.Same(part.State, saved);
        Assert.False(part.State.Done);
        Assert.InRange(part.State.Updates, updates, updates + 2);
        Assert.Equal(part.Trace[^1], part.Elbo);
        Assert.All(part.Traces.SkipLast(1), trace => Assert.True(trace[^1] <= part.Elbo));
        AssertSame(whole, CoordinateAscent.Fit(Model(), s_rows, s_options, part.State));
    }

    [Fact]
    public void What_is_done_is_not_done_again()
    {
        MixtureFit whole = CoordinateAscent.Fit(Model(), s_rows, s_options);
        Assert.True(whole.State.Done);
        int sweeps = 0;
        AssertSame(whole, CoordinateAscent.Fit(Model(), s_rows, s_options, whole.State, new() { Sweep = _ => sweeps++ }));
        Assert.Equal(0, sweeps);
    }

    [Fact]
    public void A_fit_that_is_done_goes_on_with_more_starts_where_they_are_asked_for()
    {
        MixtureFit four = CoordinateAscent.Fit(Model(), s_rows, s_options);
        CoordinateAscentOptions seven = s_options with { Restarts = 7 };
        AssertSame(CoordinateAscent.Fit(Model(), s_rows, seven), CoordinateAscent.Fit(Model(), s_rows, seven, four.State));
    }

    [Fact]
    public void A_fit_that_ran_out_of_sweeps_goes_on_where_more_are_allowed()
    {
        CoordinateAscentOptions few = new() { Restarts = 1, MaxSweeps = 2, Tolerance = 1e-12 }, many = few with { MaxSweeps = 500 };
        MixtureFit part = CoordinateAscent.Fit(Model(), s_rows, few), whole = CoordinateAscent.Fit(Model(), s_rows, many);
        Assert.False(part.Converged);
        Assert.Equal("2 sweeps were not enough", part.Reason);
        Assert.True(whole.Converged);
        AssertSame(whole, CoordinateAscent.Fit(Model(), s_rows, many, part.State));
    }

    [Fact]
    public void A_state_with_more_sweeps_than_are_allowed_ends_after_one_more()
    {
        List<MixtureState> states = [];
        CoordinateAscentOptions options = new() { Restarts = 1, MaxSweeps = 10, Tolerance = 1e-300, Start = MixtureStart.Random };
        CoordinateAscent.Fit(
            Model(),
            s_rows,
            options,
            callbacks: new() { CheckpointInterval = TimeSpan.Zero, Checkpoint = (state, _) => states.Add(state) });
        MixtureState state = states[6];
        MixtureFit fit = CoordinateAscent.Fit(Model(), s_rows, options with { MaxSweeps = 2 }, state);
        Assert.Equal(state.Traces[0].Count + 1, fit.Trace.Count);
        Assert.Equal(fit.Trace[^1], fit.Elbo);
    }

    [Fact]
    public void Every_point_goes_with_one_checkpoint()
    {
        List<SweepPoint> heard = [], saved = [];
        MixtureFit fit = CoordinateAscent.Fit(Model(), s_rows, s_options, callbacks: new()
        {
            Sweep = heard.Add,
            CheckpointInterval = TimeSpan.FromMilliseconds(1),
            Checkpoint = (_, points) => saved.AddRange(points),
        });
        Assert.Equal(heard, saved);
        Assert.Equal(fit.Traces.SelectMany(t => t), saved.Select(p => p.Elbo));
        Assert.Equal(Enumerable.Range(1, heard.Count).Select(n => (long)n), heard.Select(p => p.Update));
        Assert.Equal(
            fit.Traces.SelectMany((t, restart) => t.Select((_, sweep) => (restart, sweep))), heard.Select(p => (p.Restart, p.Sweep)));
    }

    [Fact]
    public void A_state_of_another_mixture_is_refused()
    {
        MixtureState state =
            CoordinateAscent.Fit(EarthquakeExample.Model(), EarthquakeExample.Rows, new() { Restarts = 2 }).State with { Done = false };
        ArgumentException e = Assert.Throws<ArgumentException>(() => CoordinateAscent.Fit(Model(), s_rows, s_options, state));
        Assert.StartsWith("The state is not one of a mixture of 3 components with ", e.Message, StringComparison.Ordinal);
    }

    private static Mixture Model() => MixtureCase.Of("every kind, missing").Model();

    private static void AssertSame(MixtureFit expected, MixtureFit found)
    {
        Assert.Equal(expected.Traces.Count, found.Traces.Count);
        for (int restart = 0; restart < expected.Traces.Count; restart++)
            Assert.Equal(expected.Traces[restart], found.Traces[restart]);
        Assert.Equal(expected.Mixture.Snapshot(), found.Mixture.Snapshot());
        Assert.Equal(expected.Counts, found.Counts);
        Assert.Equal(expected.Terms, found.Terms);
        Assert.Equal(
            (expected.Restart, expected.Converged, expected.Reason, expected.Ending),
            (found.Restart, found.Converged, found.Reason, found.Ending));
        Assert.Equal(expected.State.Parameters, found.State.Parameters);
    }
}
