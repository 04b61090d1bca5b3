using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Mixtures;

public sealed class PrecisionIntegralTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(7.0)]
    [InlineData(300.0)]
    [InlineData(1e6)]
    public void Where_the_mean_is_known_it_is_a_t_distribution(double shape)
    {
        foreach (double rate in (double[])[1e-6, 0.3, 4e5])
            foreach (double distance in (double[])[0, 0.01, 1, 30, 1e4])
                foreach (int dimension in (int[])[1, 2, 10])
                {
                    double[] squares = [.. Enumerable.Repeat(distance * distance * rate / shape, dimension)];
                    double half = 0.5 * dimension;
                    double expected = LogGamma.Of(shape + half) - LogGamma.Of(shape)
                        - (half * Math.Log(2 * Math.PI * rate)) - ((shape + half) * Math.Log(1 + (squares.Sum() / (2 * rate))));
                    double found = PrecisionIntegral.Log(shape, rate, squares, [.. Enumerable.Repeat(1e300, dimension)]);
                    // log Gamma of a million has nine digits after the point.
                    Assert.True(
                        Math.Abs(expected - found) <= 1e-11 * (1 + Math.Abs(expected) + (shape * Math.Log(1 + shape))),
                        $"rate {rate}, distance {distance}, D {dimension}: expected {expected:R}, found {found:R}");
                }
    }

    [Fact]
    public void Where_the_precision_is_all_but_known_it_is_a_normal_distribution()
    {
        double found = PrecisionIntegral.Log(1e12, 0.5e12, [2.25, 0.25], [4, 0.5]);
        double expected = -Math.Log(2 * Math.PI) - (0.5 * (Math.Log(0.75) + (2.25 / 0.75) + Math.Log(2.5) + (0.25 / 2.5)));
        Assert.Equal(expected, found, 1e-2);
    }
}
