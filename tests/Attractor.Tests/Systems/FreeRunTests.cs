using Attractor.Systems;

namespace Attractor.Tests.Systems;

/// <summary>Orbits of a map that needs a history.</summary>
public sealed class FreeRunTests
{
    private static readonly DelayedHenon s_map = new();
    private static readonly TimeSeries s_orbit = DelayedHenon.Orbit(60);

    [Fact]
    public void The_state_at_a_row_is_what_the_rows_before_it_lead_to()
    {
        Assert.Equal([s_orbit[9, 0], s_orbit[8, 0]], FreeRun.StateAt(s_map, s_orbit, 10));
        Assert.Equal([s_orbit[9, 0], s_orbit[8, 0]], FreeRun.StateAt(s_map, s_orbit, 10, warmUp: 10));
        Assert.Equal([s_orbit[0, 0], s_orbit[0, 0]], FreeRun.StateAt(s_map, s_orbit, 1));
        Assert.Equal([s_orbit[10, 0], s_orbit[10, 0]], FreeRun.StateAt(s_map, s_orbit, 10, warmUp: 0));
    }

    [Fact]
    public void A_run_after_history_goes_on_with_the_orbit_to_the_bit()
    {
        TimeSeries run = FreeRun.After(s_map, s_orbit, 20, 40);
        Assert.Equal(s_orbit.Slice(20, 40).Values.ToArray(), run.Values.ToArray());
        Assert.Equal(s_orbit.Slice(25, 30).Values.ToArray(), FreeRun.After(s_map, s_orbit, 20, 30, dropped: 5).Values.ToArray());
        TimeSeries blind = FreeRun.After(s_map, s_orbit, 20, 40, warmUp: 0);
        Assert.Equal(s_orbit[20, 0], blind[0, 0]);
        Assert.NotEqual(s_orbit[21, 0], blind[1, 0]);
    }

    [Fact]
    public void The_first_row_that_is_run_from_has_the_warm_up_before_it()
    {
        Assert.Equal(s_orbit.Slice(7, 10).Values.ToArray(), FreeRun.AfterWarmUp(s_map, s_orbit, 10, start: 5).Values.ToArray());
        Assert.Equal(s_orbit.Slice(9, 10).Values.ToArray(), FreeRun.AfterWarmUp(s_map, s_orbit, 10, start: 5, warmUp: 4).Values.ToArray());
        Assert.Equal(57, FreeRun.AfterWarmUp(s_map, s_orbit, 57, start: 57).Length);
        Assert.Contains(
            "needs 61 rows, found 60",
            Assert.Throws<ArgumentException>(() => FreeRun.AfterWarmUp(s_map, s_orbit, 10, start: 58)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void A_gap_in_the_history_is_bridged_by_the_map(int start)
    {
        TimeSeries gap = With(20);
        Assert.Equal([s_orbit[start - 1, 0], s_orbit[start - 2, 0]], FreeRun.StateAt(s_map, gap, start));
        Assert.Equal(s_orbit.Slice(start, 30).Values.ToArray(), FreeRun.After(s_map, gap, start, 30).Values.ToArray());
    }

    [Fact]
    public void A_history_does_not_begin_with_a_gap()
    {
        TimeSeries gap = With(0, 1, 6);
        Assert.Equal([s_orbit[2, 0], s_orbit[2, 0]], FreeRun.StateAt(s_map, gap, 3));
        Assert.Equal([s_orbit[7, 0], s_orbit[7, 0]], FreeRun.StateAt(s_map, gap, 8, warmUp: 2));
        // Nothing but gaps before: the row itself is all there is.
        Assert.Equal([s_orbit[2, 0], s_orbit[2, 0]], FreeRun.StateAt(s_map, gap, 2));
    }

    [Fact]
    public void More_history_than_there_is_is_refused()
        => Assert.Contains(
            "as many before row 3",
            Assert.Throws<ArgumentException>(() => FreeRun.StateAt(s_map, s_orbit, 3, warmUp: 4)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_map_whose_state_is_history_is_not_given_other_units()
        => Assert.Contains(
            "more than the present observation",
            Assert.Throws<ArgumentException>(() => new StandardizedMap(s_map, new([0.0], [1.0]))).Message,
            StringComparison.Ordinal);

    private static TimeSeries With(params int[] gaps)
    {
        double[] values = s_orbit.Values.ToArray();
        foreach (int row in gaps)
            values[row] = double.NaN;
        return new(values, 1);
    }
}
