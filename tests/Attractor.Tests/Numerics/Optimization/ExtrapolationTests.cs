using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Optimization;

public sealed class ExtrapolationTests
{
    [Theory]
    [InlineData(1e-6)]
    [InlineData(1)]
    [InlineData(1e6)]
    public void Derivatives_are_right_within_a_few_times_the_error_they_come_with(double unit)
    {
        double x = 0.7 * unit;
        // f, f' and f'' at x / unit = 0.7.
        foreach ((Func<double, double> f, double first, double second) in ((Func<double, double>, double, double)[])
            [(Math.Sin, Math.Cos(0.7), -Math.Sin(0.7)), (Math.Exp, Math.Exp(0.7), Math.Exp(0.7)), (Math.Log, 1 / 0.7, -1 / 0.49), (
                t => t * t * t, 3 * 0.49, 6 * 0.7)])
        {
            double F(double t) => f(t / unit);
            Within(first / unit, Extrapolation.First(F, x, 0.3 * unit, 0), 1e-12);
            Within(second / unit / unit, Extrapolation.Second(F, x, 0.3 * unit, 0), 1e-9);
            Within(first / unit, Extrapolation.FirstOneSided(F, x, 0.3 * unit, 0), 1e-9);
            Within(first / unit, Extrapolation.FirstOneSided(F, x, -0.3 * unit, 0), 1e-9);
            Within(second / unit / unit, Extrapolation.SecondOneSided(F, x, 0.3 * unit, 0), 1e-6);
        }

        static void Within(double exact, Extrapolation.Derivative found, double relative)
        {
            Assert.InRange(Math.Abs(found.Value - exact), 0, Math.Max(3 * found.Error, 1e-14 * Math.Abs(exact)));
            Assert.InRange(found.Error, 0, relative * Math.Abs(exact));
        }
    }

    [Fact]
    public void Steps_that_leave_where_the_function_is_finite_are_passed_over()
        => Assert.Equal(1e6, Extrapolation.First(Math.Log, 1e-6, 1, 0).Value, 1e-5);

    [Fact]
    public void A_periodic_function_is_not_taken_for_a_constant()
        => Assert.Equal(-4 * Math.PI * Math.PI * 64, Extrapolation.Second(x => Math.Cos(2 * Math.PI * 8 * x), 0, 0.37, 0).Value, 1e-5);

    [Fact]
    public void A_kink_has_an_error_as_large_as_its_derivative()
    {
        Extrapolation.Derivative kink = Extrapolation.Second(Math.Abs, 0, 1, 0);
        Assert.True(kink.Error > 0.1 * Math.Abs(kink.Value));
    }
}
