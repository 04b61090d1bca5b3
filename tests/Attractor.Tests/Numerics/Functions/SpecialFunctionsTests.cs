using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Functions;

public sealed class SpecialFunctionsTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void The_gamma_function_obeys_its_recurrence_and_its_derivatives_follow_it()
    {
        for (double x = 0.01; x < 40; x += 0.17)
        {
            Assert.Equal(LogGamma.Of(x) + Math.Log(x), LogGamma.Of(x + 1), 1e-14 * (1 + Math.Abs(Math.Log(x)) + LogGamma.Of(x + 1)));
            double step = 1e-4 * x;
            Assert.Equal((LogGamma.Of(x + step) - LogGamma.Of(x - step)) / (2 * step), Digamma.Of(x), 1e-7 * (1 + Trigamma.Of(x)));
            Assert.Equal((Digamma.Of(x + step) - Digamma.Of(x - step)) / (2 * step), Trigamma.Of(x), 1e-7 * Trigamma.Of(x));
        }
    }

    [Fact]
    public void The_gamma_function_is_one_at_1_and_2_exactly()
    {
        Assert.Equal(0, LogGamma.Of(1));
        Assert.Equal(0, LogGamma.Of(2));
    }

    [Fact]
    public void The_two_tails_of_a_distribution_add_up_to_one()
    {
        foreach (double a in new[] { 0.004, 0.6, 3, 25, 4000 })
        {
            foreach (double factor in new[] { 1e-3, 0.5, 0.99, 1.01, 1.5 })
            {
                Assert.Equal(1, IncompleteGamma.P(a, a * factor) + IncompleteGamma.Q(a, a * factor), 4e-15);
                // Multiples of 1/16, so that 1 - x is exact.
                double x = Math.Round(Math.Min(factor, 0.9) * 16) / 16;
                Assert.Equal(1, IncompleteBeta.Of(a, 2, x) + IncompleteBeta.Of(2, a, 1 - x), 4e-15);
            }
        }
    }

    [Fact]
    public void The_distribution_of_an_exponential_and_of_a_power_are_themselves()
    {
        Assert.Equal(Math.Exp(-30), IncompleteGamma.Q(1, 30), 1e-14 * Math.Exp(-30));
        Assert.Equal(-Exponentials.Expm1(-1e-12), IncompleteGamma.P(1, 1e-12), 1e-26);
        Assert.Equal(Math.Pow(0.3, 45), IncompleteBeta.Of(45, 1, 0.3), 1e-14 * Math.Pow(0.3, 45));
    }

    [Fact]
    public void The_distribution_functions_reach_their_ends()
    {
        Assert.Equal((0, 1), (IncompleteGamma.P(0.5, 0), IncompleteGamma.Q(0.5, 0)));
        Assert.Equal((1, 0), (IncompleteGamma.P(0.5, Infinity), IncompleteGamma.Q(0.5, Infinity)));
        Assert.Equal((0, 1), (IncompleteBeta.Of(0.5, 3, 0), IncompleteBeta.Of(0.5, 3, 1)));
        Assert.Equal(double.NaN, IncompleteGamma.P(-1, 1));
        Assert.Equal(double.NaN, IncompleteGamma.Q(1, double.NaN));
        Assert.Equal(double.NaN, IncompleteBeta.Of(1, 1, 1.01));
    }

    [Fact]
    public void At_the_ends_of_their_domains_the_functions_have_their_limits()
    {
        Assert.Equal((Infinity, Infinity), (LogGamma.Of(0), LogGamma.Of(Infinity)));
        Assert.Equal((-Infinity, Infinity), (Digamma.Of(0), Digamma.Of(Infinity)));
        Assert.Equal((Infinity, 0), (Trigamma.Of(0), Trigamma.Of(Infinity)));
        Assert.Equal((Infinity, -Infinity), (LogBeta.Of(0, 2), LogBeta.Of(2, Infinity)));
        Assert.Equal((-Infinity, Infinity), (Exponentials.Log1p(-1), Exponentials.Log1p(Infinity)));
        Assert.Equal((-1, Infinity), (Exponentials.Expm1(-Infinity), Exponentials.Expm1(Infinity)));
        Assert.Equal((-Infinity, 0), (Exponentials.Log1mExp(0), Exponentials.Log1mExp(-Infinity)));
        Assert.Equal((0, Infinity), (Logistic.Softplus(-Infinity), Logistic.Softplus(Infinity)));
        Assert.Equal((0, 1), (Logistic.Sigmoid(-Infinity), Logistic.Sigmoid(Infinity)));
        Assert.All(
            [LogGamma.Of(-1), Digamma.Of(-1), Trigamma.Of(-1), LogBeta.Of(-1, 2), Exponentials.Log1p(-2), Exponentials.Log1mExp(1)],
            x => Assert.Equal(double.NaN, x));
        Func<double, double>[] all =
        [
            LogGamma.Of, Digamma.Of, Trigamma.Of, Exponentials.Log1p, Exponentials.Expm1, Exponentials.Log1mExp, Logistic.Softplus,
            Logistic.LogSigmoid, Logistic.Sigmoid
        ];
        Assert.All(all, f => Assert.Equal(double.NaN, f(double.NaN)));
    }

    [Fact]
    public void A_log_sum_of_exponentials_survives_what_exponentials_do_not()
    {
        Assert.Equal(1000 + Math.Log(3), LogSumExp.Of([1000, 1000, 1000]), 1e-12);
        Assert.Equal(-1000 + Math.Log(2), LogSumExp.Of([-1000, -1000, -2000, -Infinity]), 1e-12);
        // The largest of 0 leaves the other's digits alone.
        Assert.Equal(Math.Exp(-50), LogSumExp.Of([0, -50]), 1e-15 * Math.Exp(-50));
    }

    [Fact]
    public void A_log_sum_of_exponentials_of_infinities_is_one_and_of_a_NaN_is_NaN()
    {
        Assert.Equal(-Infinity, LogSumExp.Of([]));
        Assert.Equal(-Infinity, LogSumExp.Of([-Infinity, -Infinity]));
        Assert.Equal(Infinity, LogSumExp.Of([-Infinity, 3, Infinity]));
        Assert.Equal(double.NaN, LogSumExp.Of([Infinity, double.NaN, 0]));
    }
}
