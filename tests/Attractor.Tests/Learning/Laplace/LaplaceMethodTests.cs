using Attractor.Learning;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Laplace;

public sealed class LaplaceMethodTests
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    // 1 - Laplace / N!, to ten digits.
    public static TheoryData<double, double> RelativeErrors { get; } = new()
    {
        { 1, 0.0778629911 },
        { 5, 0.0165069337 },
        { 10, 0.0082959604 },
        { 50, 0.0016652564 },
        { 100, 0.00083298343 },
        { 170, 0.00049007539 },
    };

    [Theory]
    [MemberData(nameof(RelativeErrors))]
    public void Factorials_have_the_known_relative_errors(double n, double error)
    {
        Assert.Equal(error, -Exponentials.Expm1(Factorial(n).LogIntegral - LogGamma.Of(n + 1)), 1e-9);
        Assert.Equal(error, -Exponentials.Expm1(FactorialOnTape(n).LogIntegral - LogGamma.Of(n + 1)), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(1e4)]
    [InlineData(1e5)]
    [InlineData(1e6)]
    public void The_logarithm_of_a_factorial_is_within_1_over_12_N(double n)
    {
        foreach (LaplaceIntegral integral in (LaplaceIntegral[])[Factorial(n), FactorialOnTape(n)])
        {
            double exact = LogGamma.Of(n + 1);
            // Of ln 1! = 0 there is no relative error.
            Assert.InRange(exact - integral.LogIntegral, 0, (1 / (12 * n)) + (1e-15 * exact));
            // Stirling's next terms: the error is 1 / 12 N - 1 / 360 N^3 + 1 / 1260 N^5 - ..., to what differences know of the curvature
            // and to the rounding of ln N!.
            Assert.Equal(
                (1 / (12 * n)) - (1 / (360 * n * n * n)),
                exact - integral.LogIntegral,
                (1 / (1260 * Math.Pow(n, 5))) + 2e-11 + (1e-15 * exact));
            Assert.Equal(n, integral.Maximum, 1e-9 * n);
            Assert.Equal(-1 / (n * n), integral.Curvature, 1e-10 / (n * n));
            Assert.Equal(LaplaceMaximumKind.Interior, integral.Kind);
        }
    }

    [Theory]
    [InlineData(1e-6, 3)]
    [InlineData(1, 0)]
    [InlineData(1e5, -1e5)]
    public void A_Gaussian_is_exact_in_any_units(double deviation, double mean)
    {
        LaplaceIntegral integral = LaplaceMethod.Integrate(x => -0.5 * (x - mean) / deviation * ((x - mean) / deviation), 1);
        Assert.Equal(HalfLogTwoPi + Math.Log(deviation), integral.LogIntegral, 1e-9);
        Assert.Equal(mean, integral.Maximum, 1e-9 * deviation + 1e-15);
        Assert.Null(integral.Caution);
    }

    [Theory]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(-2, 1, -2)]
    public void A_slope_on_the_boundary_gives_the_exponential_integral(double lower, double upper, double maximum)
    {
        // The integral of e^(-50 (x - a)) is 1 / 50, but for e^-150.
        LaplaceIntegral integral = LaplaceMethod.Integrate(x => 2 - (x - lower), 50, lower, upper);
        Assert.Equal((LaplaceMaximumKind.Boundary, maximum), (integral.Kind, integral.Maximum));
        Assert.Equal(100 - Math.Log(50), integral.LogIntegral, 1e-9);
        Assert.Contains("on the boundary", integral.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_upper_boundary_mirrors_a_lower_one()
    {
        LaplaceIntegral integral = LaplaceMethod.Integrate(x => Math.Sin(x), 200, 0, 1);
        Assert.Equal((LaplaceMaximumKind.Boundary, 1.0), (integral.Kind, integral.Maximum));
        Assert.Equal(Math.Cos(1), integral.Maxima[0].Slope, 1e-10);
        Assert.Equal((200 * Math.Sin(1)) - Math.Log(200 * Math.Cos(1)), integral.LogIntegral, 1e-9);
        LaplaceIntegral half = LaplaceMethod.Integrate((_, x) => x * 2, 3, double.NegativeInfinity, -5);
        Assert.Equal((LaplaceMaximumKind.Boundary, -5.0), (half.Kind, half.Maximum));
        Assert.Equal(-30 - Math.Log(6), half.LogIntegral, 1e-12);
    }

    [Fact]
    public void A_level_boundary_gives_half_a_Gaussian()
    {
        LaplaceIntegral values = LaplaceMethod.Integrate(Math.Cos, 30, 0, 1),
            tape = LaplaceMethod.Integrate((_, x) => -(x.Square() * 0.5), 30, 0);
        Assert.Equal((LaplaceMaximumKind.LevelBoundary, 0.0), (values.Kind, values.Maximum));
        Assert.Equal(30 + (0.5 * Math.Log(2 * Math.PI / 30)) - Math.Log(2), values.LogIntegral, 1e-8);
        Assert.Equal(LaplaceMaximumKind.LevelBoundary, tape.Kind);
        Assert.Equal((0.5 * Math.Log(2 * Math.PI / 30)) - Math.Log(2), tape.LogIntegral, 1e-12);
    }

    [Fact]
    public void Equal_maxima_are_added_up()
    {
        // cos(4 pi x) on (0.1, 1.9) has three tops away from the ends.
        LaplaceIntegral integral = LaplaceMethod.Integrate(x => Math.Cos(4 * Math.PI * x), 100, 0.1, 1.9);
        Assert.Equal([0.5, 1, 1.5], integral.Maxima.Select(m => Math.Round(m.Location, 7)).Order());
        Assert.Equal(100 + (0.5 * Math.Log(2 * Math.PI / (100 * 16 * Math.PI * Math.PI))) + Math.Log(3), integral.LogIntegral, 1e-9);
        Assert.Contains("3 maxima", integral.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_highest_of_several_maxima_is_found()
    {
        // Two peaks, the lower one wide and near the origin, the higher one narrow and far away.
        double F(double x) => Math.Log((0.5 * Math.Exp(-x * x / 2)) + Math.Exp(-(x - 60) * (x - 60) / 0.02));
        LaplaceIntegral integral = LaplaceMethod.Integrate(F, 100);
        Assert.Equal(60, integral.Maximum, 1e-8);
        Assert.Equal(-100, integral.Curvature, 1e-6);
        Assert.Equal(0.5 * Math.Log(2 * Math.PI / 1e4), integral.LogIntegral, 1e-9);
        // With a small M the wide one counts.
        LaplaceIntegral both = LaplaceMethod.Integrate(F, 1);
        Assert.Equal(2, both.Maxima.Count);
        Assert.Equal(Math.Log(Math.Sqrt(2 * Math.PI) * (0.1 + 0.5)), both.LogIntegral, 1e-9);
    }

    [Fact]
    public void A_flat_top_has_no_value()
    {
        foreach (LaplaceIntegral integral in (LaplaceIntegral[])
            [
                LaplaceMethod.Integrate(x => -x * x * x * x, 10),
                LaplaceMethod.Integrate(x => -Math.Pow(x - 2, 4), 1e6),
                LaplaceMethod.Integrate((_, x) => -x.Square().Square(), 10),
                LaplaceMethod.Integrate(x => -x * x * x * x, 10, 0), LaplaceMethod.Integrate(_ => 3, 1, 0, 1), LaplaceMethod.Integrate(
                    x => -Math.Max(0, Math.Abs(x) - 0.1), 100),
            ])
        {
            Assert.Equal(LaplaceMaximumKind.Flat, integral.Kind);
            Assert.Equal(double.NaN, integral.LogIntegral);
            Assert.Contains("is flat", integral.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_kink_has_no_value()
    {
        LaplaceIntegral integral = LaplaceMethod.Integrate(x => -Math.Abs(x - 0.3), 10);
        Assert.Equal(LaplaceMaximumKind.NotSmooth, integral.Kind);
        Assert.Equal(double.NaN, integral.LogIntegral);
        Assert.Contains("not smooth", integral.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_integrand_is_0_the_exponent_is_minus_infinity()
    {
        // x (1 - x) on more than its interval.
        LaplaceIntegral integral = LaplaceMethod.Integrate(
            x => x is > 0 and < 1 ? Math.Log(x) + Math.Log(1 - x) : double.NegativeInfinity, 100, -5, 5);
        Assert.Equal(0.5, integral.Maximum, 1e-9);
        Assert.Equal(-8, integral.Curvature, 1e-8);
        // The exact integral is B(101, 101).
        double exact = (2 * LogGamma.Of(101)) - LogGamma.Of(202);
        Assert.Equal(exact, integral.LogIntegral, 0.005);
    }

    [Fact]
    public void A_boundary_nearby_is_a_reason_for_caution()
    {
        LaplaceIntegral near = LaplaceMethod.Integrate(x => -x * x / 2, 1, -0.5, 10),
            sloping = LaplaceMethod.Integrate(x => -x * x / 2, 1, 0.5, 10);
        Assert.Contains("0.5 standard deviations", near.Summary, StringComparison.Ordinal);
        Assert.Contains("curvature there", sloping.Summary, StringComparison.Ordinal);
        LaplaceIntegral twins = LaplaceMethod.Integrate(
            x => Math.Log(Math.Exp(-(x - 1.3) * (x - 1.3) / 2) + Math.Exp(-(x + 1.3) * (x + 1.3) / 2)), 1);
        Assert.Equal(2, twins.Maxima.Count);
        Assert.Contains("standard deviations apart", twins.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_maximum_is_refused()
    {
        Refused("does not fall towards +infinity", () => LaplaceMethod.Integrate(Math.Tanh, 1));
        Refused("does not fall towards -infinity", () => LaplaceMethod.Integrate(x => -x, 1, double.NegativeInfinity, 0));
        Refused("does not fall towards +infinity", () => LaplaceMethod.Integrate(x => -1 / x, 1, 0));
        Refused("is infinite", () => LaplaceMethod.Integrate(x => -Math.Log(x), 1, 0, 1));
        Refused("minus infinity", () => LaplaceMethod.Integrate(_ => double.NegativeInfinity, 1, 0, 1));
        Refused("f(0) is not a number", () => LaplaceMethod.Integrate(x => x * Math.Log(x), 1, 0, 0.5));
        Refused("is not a number", () => LaplaceMethod.Integrate(x => -x * x + (0 * Math.Sqrt(Math.Abs(x) - 1)), 1));
        Refused("above 0", () => LaplaceMethod.Integrate(x => -x * x, 0));
        Refused("found 1 to 0", () => LaplaceMethod.Integrate(x => -x * x, 1, 1, 0));

        static void Refused(string words, Func<LaplaceIntegral> integrate)
            => Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(() => integrate()).Message, StringComparison.Ordinal);
    }

    // N! = integral of e^(N (ln t - t / N)) from 0.
    private static LaplaceIntegral Factorial(double n) => LaplaceMethod.Integrate(t => Math.Log(t) - (t / n), n, 0);

    private static LaplaceIntegral FactorialOnTape(double n) => LaplaceMethod.Integrate((_, t) => t.Log() - (t / n), n, 0);

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Slopes_that_are_given_serve_as_well_as_those_of_a_tape(double n)
    {
        LaplaceIntegral integral = LaplaceMethod.Integrate(u => Math.Log(u) - u + 1, u => (1 / u) - 1, n, 0);
        Assert.Equal(HalfLogTwoPi - (0.5 * Math.Log(n)), integral.LogIntegral, 1e-12);
        Assert.Equal(-1, integral.Curvature, 1e-11);
    }

    [Fact]
    public void Heavy_tails_do_not_hide_the_curvature_of_the_top()
    {
        // Student's density: f'' = -2 at the top, and 40 nats lower at 5e8.
        foreach (LaplaceIntegral integral in (LaplaceIntegral[])
            [
                LaplaceMethod.Integrate(x => -Math.Log(1 + (x * x)), 1),
                LaplaceMethod.Integrate(x => -Math.Log(1 + (x * x)), x => -2 * x / (1 + (x * x)), 1),
            ])
        {
            Assert.Equal(LaplaceMaximumKind.Interior, integral.Kind);
            Assert.Equal(-2, integral.Curvature, 1e-8);
        }
    }
}
