using Attractor.Learning;

namespace Attractor.Tests.Learning;

public sealed class MovingAveragesTests
{
    // Four pairs of which two are asked for: every second, from the first.
    [Fact]
    public void Pairs_are_spread_over_the_data_from_the_first()
    {
        MovingAverages averages = new(1, 1, 2, 8, [new([1, 2, 3, 4, 5], 1)]);
        (double[] states, double[] next, double[] external) = averages.Pairs(2);
        Assert.Equal([1.0, 3], states);
        Assert.Equal([2.0, 4], next);
        Assert.Empty(external);
    }
}
