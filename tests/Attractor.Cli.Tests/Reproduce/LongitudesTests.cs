using Attractor.Experiments;

namespace Attractor.Cli.Tests;

/// <summary>The circle of longitudes is cut where there is most room.</summary>
public sealed class LongitudesTests
{
    [Fact]
    public void A_fault_across_180_degrees_is_whole()
    {
        (double[] unwrapped, bool moved) = Longitudes.Unwrap([178, 179.5, -179, -178, double.NaN]);
        Assert.True(moved);
        Assert.Equal([178, 179.5, 181, 182], unwrapped[..4]);
        Assert.True(double.IsNaN(unwrapped[4]));
    }

    [Theory]
    [InlineData(-120, -118, -117)]
    [InlineData(165, 170, 188)]
    [InlineData(-10, 5, 20)]
    public void What_is_whole_stays_as_it_is(double west, double middle, double east)
    {
        double[] longitudes = [west, middle, east];
        (double[] unwrapped, bool moved) = Longitudes.Unwrap(longitudes);
        Assert.False(moved);
        Assert.Equal(longitudes, unwrapped);
    }
}
