using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Estimators;

public sealed class ParetoShapeTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void The_shape_of_a_generalised_Pareto_distribution_is_found(double shape)
    {
        // Excesses at evenly spaced probabilities; the prior draws towards 0.5 by 10 / n of the way.
        double[] excesses = [.. Enumerable.Range(0, 5000).Select(i => (Math.Pow(1 - ((i + 0.5) / 5000), -shape) - 1) / shape)];
        Assert.Equal(shape, ParetoShape.OfExcesses(excesses), 0.02);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.8)]
    [InlineData(0.6)]
    [InlineData(0.5)]
    public void A_normal_that_is_too_narrow_has_ratios_of_shape_one_less_its_variance(double s)
    {
        // p / q with p = N(0, 1) and q = N(0, s^2) grows as e^(x^2 (1/s^2 - 1) / 2), which has the
        // tail r^(-1 / (1 - s^2)) up to a logarithm.
        RandomStream random = new(3, "ratios");
        double[] ratios =
            [.. Enumerable.Range(0, 200_000).Select(_ => s * random.NextNormal()).Select(x => x * x * ((1 / (s * s)) - 1) / 2)];
        Assert.Equal(1 - (s * s), ParetoShape.OfLogRatios(ratios), 0.12);
    }

    [Fact]
    public void Bounded_ratios_have_no_heavy_tail_and_a_constant_factor_does_not_matter()
    {
        RandomStream random = new(4, "ratios");
        double[] ratios = [.. Enumerable.Range(0, 10_000).Select(_ => Math.Log(random.NextUniform(0.5, 1.5)))];
        double shape = ParetoShape.OfLogRatios(ratios);
        Assert.InRange(shape, -1, 0);
        Assert.Equal(shape, ParetoShape.OfLogRatios([.. ratios.Select(r => r + 300)]), 1e-9);
    }

    [Fact]
    public void Equal_ratios_have_no_tail_and_a_NaN_is_the_worst_of_all()
    {
        Assert.Equal(double.NegativeInfinity, ParetoShape.OfLogRatios(new double[100]));
        double[] ratios = new double[100];
        ratios[7] = double.NaN;
        Assert.Equal(double.PositiveInfinity, ParetoShape.OfLogRatios(ratios));
        Assert.Throws<ArgumentException>(() => ParetoShape.OfLogRatios(new double[24]));
    }
}
