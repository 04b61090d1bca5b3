using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Systems;
using Attractor.Tests.Dynamics.Cycles;

namespace Attractor.Tests.Dynamics.Atlas;

public sealed class RegionAtlasTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.55)]
    public void A_full_skew_tent_map_is_a_fair_game_of_two_symbols(double left)
    {
        // x' = 1 - |slopes| ...: both branches onto [-1, 1], the invariant density uniform: the branch over z < 0 has the share `left`,
        // and each branch follows the other as often as by chance.
        IPiecewiseLinearMap map = Tent(left);
        RegionAtlas atlas = RegionAtlas.Of(map, [0.1234], new() { Steps = 400_000, Transient = 100, WordLength = 6 }, Token);
        Assert.Equal(2, atlas.Regions.Count);
        Assert.Equal(Math.Max(left, 1 - left), atlas.Regions[0].Occupancy, 0.004);
        foreach (RegionTransition edge in atlas.Transitions)
            Assert.Equal(atlas.Regions[edge.To].Occupancy, edge.Probability, 0.005);
        Assert.Equal([2, 4, 8, 16, 32, 64], atlas.Words.Select(w => w.OfSteps));
        Assert.Equal(Math.Log(2), atlas.GraphEntropy, 1e-10);
        Assert.Equal(Math.Log(2), atlas.WordEntropy, 1e-12);
        double entropy = -(left * Math.Log(left)) - ((1 - left) * Math.Log(1 - left));
        Assert.Equal(entropy, atlas.MarkovEntropy, 0.003);
        // The entropy of the measure is its exponent (Pesin).
        Assert.Equal(Lyapunov.Spectrum(map, [0.1234], 400_000)[0], atlas.MarkovEntropy, 0.005);
    }

    [Fact]
    public void The_tent_map_of_golden_slope_has_the_words_of_the_golden_shift()
    {
        // With the slope (1 + sqrt 5) / 2 the critical point has period 3: one symbol never follows itself, so that the words of length k
        // are Fibonacci numbers and the entropy is ln of the slope.
        double golden = (1 + Math.Sqrt(5)) / 2;
        TestPlrnn map = new([golden], new[,] { { -2 * golden } }, [1]);
        RegionAtlas atlas = RegionAtlas.Of(map, [0.1], new() { Steps = 50_000, Transient = 1000, WordLength = 10 }, Token);
        Assert.Equal([2, 3, 5, 8, 13, 21, 34, 55, 89, 144], atlas.Words.Select(w => w.OfSteps));
        Assert.Equal(3, atlas.Transitions.Count);
        Assert.Equal(Math.Log(golden), atlas.GraphEntropy, 1e-9);
        Assert.Equal(1.0, atlas.Flips[0] + atlas.Transitions.Where(t => t.From == t.To).Sum(t => t.Count) / 49_999.0, 1e-12);
        Assert.Equal(atlas.Flips[0], atlas.BoundaryCrossings, 1e-12);
        // In the itinerary two symbols alternate.
        Assert.All(atlas.Words.Skip(1), w => Assert.Equal(2, w.OfItinerary));
        Assert.Equal(50_000, atlas.Itinerary.Sum(i => i.Steps));
    }

    [Fact]
    public void Each_row_of_the_transition_matrix_sums_to_one_and_counts_every_step()
    {
        ShallowPlrnn net = new(3, 3, 12, seed: 4);
        RegionAtlas atlas = RegionAtlas.Of(net, [0.3, -0.2, 0.5], new() { Steps = 5000, Transient = 0 }, Token);
        Assert.Equal(4999, atlas.Transitions.Sum(t => t.Count));
        Assert.All(atlas.Transitions.GroupBy(t => t.From), row => Assert.Equal(1, row.Sum(t => t.Probability), 1e-12));
        Assert.Equal(1, atlas.Regions.Sum(r => r.Occupancy), 1e-12);
        Assert.Equal(atlas.Regions.OrderByDescending(r => r.Visits).Select(r => r.Symbol), atlas.Regions.Select(r => r.Symbol));
    }

    [Fact]
    public void Fixed_points_are_real_exactly_in_their_own_regions()
    {
        // z' = A z + W relu(z) + h with the four fixed points (I - A - W D)^-1 h by hand.
        TestPlrnn map = new([0.4, 0.9], new[,] { { -1.9, 0.8 }, { -1.2, -1.4 } }, [0.7, 0.35]);
        RegionAtlas atlas = RegionAtlas.Of(map, [0.2, 0.1], new() { Steps = 20_000, Transient = 0 }, Token);
        Assert.True(atlas.Regions.Count >= 2);
        foreach (AtlasRegion region in atlas.Regions)
        {
            double d0 = region.Pattern[0] - '0', d1 = region.Pattern[1] - '0';
            double a = 1 - 0.4 + (1.9 * d0), b = -0.8 * d1, c = 1.2 * d0, e = 1 - 0.9 + (1.4 * d1), det = (a * e) - (b * c);
            double x = ((0.7 * e) - (0.35 * b)) / det, y = ((a * 0.35) - (c * 0.7)) / det;
            RegionFixedPoint fixedPoint = Assert.IsType<RegionFixedPoint>(region.FixedPoint);
            Assert.Equal(x, fixedPoint.Point[0], 1e-12);
            Assert.Equal(y, fixedPoint.Point[1], 1e-12);
            Assert.Equal((x > 0) == (d0 == 1) && (y > 0) == (d1 == 1), fixedPoint.Real);
            double trace = 2 - a - e, determinant = ((1 - a) * (1 - e)) - (b * c);
            Assert.Equal(trace, fixedPoint.Eigenvalues.Sum(z => z.Real), 1e-12);
            Assert.Equal(determinant, (fixedPoint.Eigenvalues[0] * fixedPoint.Eigenvalues[1]).Real, 1e-12);
        }
    }

    [Fact]
    public void An_orbit_that_leaves_is_an_error_in_words()
    {
        TestPlrnn map = new([3], new[,] { { 0.0 } }, [1]);
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => RegionAtlas.Of(map, [1.0], cancellationToken: Token));
        Assert.Contains("does not stay finite", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RegionAtlas.Of(map, [1.0, 2], cancellationToken: Token));
    }

    // On [-left, 1 - left], the branches over z < 0 and z > 0 each onto all of it: slopes 1 / left and -1 / (1 - left).
    private static TestPlrnn Tent(double left)
    {
        double up = 1 / left, down = -1 / (1 - left);
        return new([up], new[,] { { down - up } }, [1 - left]);
    }
}
