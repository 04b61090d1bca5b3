using Attractor.Dynamics;

namespace Attractor.Tests.Dynamics.Recordings;

public sealed class GrowthRegionTests
{
    [Fact]
    public void It_lies_between_two_shares_of_the_rise()
    {
        // Up by one a row to 10, and level from there: 5 % is passed at row 1, 75 % reached at row 8.
        double[] curve = [.. Enumerable.Range(0, 41).Select(t => Math.Min(t, 10.0))];
        Assert.Equal((1, 8), GrowthRegion.OfNearest.Of(curve, memory: 0));
        Assert.Equal((3, 8), GrowthRegion.OfNeighbourhoods.Of(curve, memory: 0));
        // For half of what a point spans the distance knows that it was small.
        Assert.Equal((4, 8), GrowthRegion.OfNearest.Of(curve, memory: 8));
    }

    [Fact]
    public void It_is_all_of_a_curve_that_does_not_rise()
    {
        Assert.Equal((0, 7), GrowthRegion.OfNearest.Of([7, 6, 5, 4, 3, 2, 1, 0], memory: 4));
        Assert.Equal((0, 3), GrowthRegion.OfNearest.Of([1, 1, 1, 1], memory: 0));
    }
}
