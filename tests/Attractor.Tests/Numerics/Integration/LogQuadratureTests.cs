using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Integration;

public sealed class LogQuadratureTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void The_gamma_function_is_integrated_over_all_numbers_though_its_integrand_ends_at_0(double n)
    {
        foreach (double lower in (double[])[0, -Infinity])
        {
            LogQuadrature found = LogQuadrature.Of(x => (n * Math.Log(x)) - x, lower, Infinity, [n]);
            Assert.Equal(LogGamma.Of(n + 1), found.LogIntegral, 1e-11 * Math.Max(1, LogGamma.Of(n + 1)));
            Assert.InRange(found.RelativeError, 0, 1e-9);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1e-6)]
    [InlineData(-3e4, 1e6)]
    public void A_gaussian_of_any_width_at_any_place(double mean, double deviation)
        => Assert.Equal(
            Math.Log(deviation) + (0.5 * Math.Log(2 * Math.PI)),
            LogQuadrature.Of(x => -0.5 * (x - mean) * (x - mean) / (deviation * deviation), -Infinity, Infinity, [mean]).LogIntegral,
            // What the argument's own rounding does to the exponent.
            1e-11 + (1e-15 * Math.Abs(mean) / deviation));

    [Fact]
    public void Heavy_tails_are_followed_and_those_too_heavy_are_told()
    {
        Assert.Equal(Math.Log(Math.PI), LogQuadrature.Of(x => -Math.Log(1 + (x * x)), -Infinity, Infinity, [0]).LogIntegral, 1e-11);
        Assert.True(double.IsNaN(LogQuadrature.Of(x => -0.5 * Math.Log(1 + (x * x)), -Infinity, Infinity, [0]).LogIntegral));
    }

    [Fact]
    public void Every_peak_that_is_named_counts_and_ends_of_an_interval_are_kept()
    {
        const double width = 1e-5;
        double two = LogQuadrature.Of(
            x => LogSumExp.Of([-0.5 * x * x / (width * width), -0.5 * (x - 7) * (x - 7) / (width * width)]),
            -Infinity, Infinity, [0, 7]).LogIntegral;
        Assert.Equal(Math.Log(2 * width * Math.Sqrt(2 * Math.PI)), two, 1e-11);
        Assert.Equal(Math.Log(Math.E - 1), LogQuadrature.Of(x => x, 0, 1, [1]).LogIntegral, 1e-12);
        Assert.Equal(0, LogQuadrature.Of(_ => 0, 2, 3, [2.5]).LogIntegral, 1e-12);
    }

    // From panel to panel the width doubles: beside the peak at 0 there is nothing at three ends of panels in a row, 20, 39 and 79.
    [Fact]
    public void A_wide_hill_beyond_a_hole_is_met_though_nobody_names_it()
        => Assert.Equal(
            Math.Log(6 * Math.Sqrt(2 * Math.PI)),
            LogQuadrature.Of(x => LogSumExp.Of([-0.5 * x * x, -0.5 * (x - 150) * (x - 150) / 25]), -Infinity, Infinity, [0]).LogIntegral,
            1e-9);

    [Fact]
    public void A_peak_outside_or_without_a_value_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LogQuadrature.Of(x => -x * x, 0, 1, [2]));
        Assert.Throws<ArgumentException>(() => LogQuadrature.Of(Math.Log, -1, 1, [-0.5]));
        Assert.Throws<ArgumentException>(() => LogQuadrature.Of(x => x, 0, 1, []));
    }
}
