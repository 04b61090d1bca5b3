using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

/// <summary>The verdict on an orbit without its model.</summary>
public sealed class OrbitVerdictTests
{
    private static readonly TimeSeries s_data = Lorenz63.Default.Simulate(8000, 0.02, seed: 1);

    [Fact]
    public void Another_recording_of_the_system_lies_on_the_attractor()
        => Assert.Equal(
            VerdictKind.OnTheAttractor, Verdict.OfOrbit(Lorenz63.Default.Simulate(8000, 0.02, seed: 2), s_data).Kind);

    [Fact]
    public void A_surrogate_is_no_better_than_a_surrogate()
        => Assert.False(Verdict.OfOrbit(PhaseRandomizedSurrogate.Of(s_data, 3), s_data).Meets(VerdictKind.NearIt));

    [Fact]
    public void What_stands_still_repeats_itself_grows_or_leaves_is_called_so()
    {
        TimeSeries Orbit(Func<int, double, double> change)
            => new([.. Enumerable.Range(0, 9000).Select(i => change(i / 3, s_data.Values[i]))], 3);
        Assert.Equal(VerdictKind.LeftItForFixedPoint, Verdict.OfOrbit(Orbit((_, _) => 1), s_data).Kind);
        Verdict cycle = Verdict.OfOrbit(Orbit((t, _) => t % 7), s_data);
        Assert.Equal((VerdictKind.LeftItForCycle, 7), (cycle.Kind, cycle.CycleOrder));
        Assert.Equal(VerdictKind.Diverged, Verdict.OfOrbit(Orbit((t, x) => x * Math.Exp(t / 20.0)), s_data).Kind);
        Assert.Equal(VerdictKind.LeftIt, Verdict.OfOrbit(Orbit((_, x) => x + 500), s_data).Kind);
    }

    [Fact]
    public void Few_rows_do_not_tell()
    {
        Verdict verdict = Verdict.OfOrbit(s_data.Slice(0, 50), s_data);
        Assert.Equal(VerdictKind.NotEnoughData, verdict.Kind);
        Assert.Contains("200 rows", verdict.Reason);
    }
}
