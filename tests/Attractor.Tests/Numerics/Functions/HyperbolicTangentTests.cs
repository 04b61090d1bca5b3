using System.Runtime.Intrinsics;
using Attractor.Numerics.Functions;

namespace Attractor.Tests.Numerics.Functions;

public sealed class HyperbolicTangentTests
{
    [Fact]
    public void It_is_the_hyperbolic_tangent_to_a_few_units_in_the_last_place()
    {
        double worst = 0;
        for (int i = 0; i < 400_000; i++)
        {
            // From 1e-12 to 100, evenly in the logarithm.
            double x = Math.Pow(10, -12 + (14 * i / 400_000.0)), expected = Math.Tanh(x);
            worst = Math.Max(worst, Math.Abs(Of(x) - expected) / expected);
            Assert.Equal(-Of(x), Of(-x));
        }
        Assert.InRange(worst, 0, 6e-16);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(22.1, 1.0)]
    [InlineData(1e308, 1.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(double.NegativeInfinity, -1.0)]
    [InlineData(5e-324, 5e-324)]
    [InlineData(1e-300, 1e-300)]
    public void Its_ends_are_exact(double x, double expected) => Assert.Equal(expected, Of(x));

    [Fact]
    public void A_NaN_stays_one_and_a_negative_zero_negative()
    {
        Assert.True(double.IsNaN(Of(double.NaN)));
        Assert.True(double.IsNegative(Of(-0.0)));
    }

    [Fact]
    public void It_does_not_step_down_where_its_two_forms_meet()
    {
        double x = 0.625 - 1e-9, last = Of(x);
        for (; x < 0.625 + 1e-9; x += 1e-12)
        {
            double value = Of(x);
            Assert.True(value >= last - 2e-16);
            last = value;
        }
    }

    private static double Of(double x) => HyperbolicTangent.Of(Vector512.Create(x))[3];
}
