using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Functions;

public sealed class SampleGradientTests
{
    // -(dP/da) / p of mpmath at 50 digits.
    [Theory]
    [InlineData(0.3, 0.05, 0.494710987004131)]
    [InlineData(1, 1.3, 1.33658967763067)]
    [InlineData(2.5, 2, 0.953462702918616)]
    [InlineData(7, 9, 1.15818491807153)]
    [InlineData(30, 25, 0.916681599735657)]
    [InlineData(100, 95, 0.976198311218707)]
    [InlineData(1000, 1010, 1.00515092967653)]
    public void The_published_values_of_the_gamma_gradient_hold(double shape, double value, double expected) =>
        Assert.Equal(expected, GammaSample.Gradient(shape, value), 1e-14 * expected * 10);

    [Theory]
    [InlineData(0.7)]
    [InlineData(2.5)]
    [InlineData(40)]
    public void A_gamma_sample_moves_on_average_as_its_mean_and_its_logarithm_as_the_mean_of_that(double shape)
    {
        double mean = 0, meanOfLog = 0;
        const double Step = 1.0 / 64;
        for (int i = -60 * 64; i <= 6 * 64; i++)
        {
            double logValue = i * Step, value = Math.Exp(logValue);
            double weight = Step * Math.Exp((shape * logValue) - value - LogGamma.Of(shape));
            mean += weight * GammaSample.Gradient(shape, value);
            meanOfLog += weight * GammaSample.LogGradient(shape, logValue);
        }
        // E[z] = a, E[log z] = psi(a).
        Assert.Equal(1, mean, 1e-12);
        Assert.Equal(Trigamma.Of(shape), meanOfLog, 1e-12 * Trigamma.Of(shape));
    }

    [Theory]
    [InlineData(0.7, 1.2)]
    [InlineData(3, 8)]
    [InlineData(60, 25)]
    public void The_logarithm_of_a_beta_sample_moves_on_average_as_its_mean(double a, double b)
    {
        double byA = 0, byB = 0;
        const double Step = 1.0 / 64;
        for (int i = -60 * 64; i <= 40 * 64; i++)
        {
            double y = i * Step, x = Logistic.Sigmoid(y), complement = Logistic.Sigmoid(-y);
            double weight = Step * Math.Exp((a * Logistic.LogSigmoid(y)) + (b * Logistic.LogSigmoid(-y)) - LogBeta.Of(a, b));
            (double gradientA, double gradientB) = BetaSample.Gradient(a, b, x, complement);
            byA += weight * gradientA / x;
            byB += weight * gradientB / x;
        }
        // E[log x] = psi(a) - psi(a + b).
        Assert.Equal(Trigamma.Of(a) - Trigamma.Of(a + b), byA, 1e-12 * Trigamma.Of(a));
        Assert.Equal(-Trigamma.Of(a + b), byB, 1e-12 * Trigamma.Of(a));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(3000)]
    public void With_one_parameter_1_the_beta_gradient_has_a_closed_form(double parameter)
    {
        foreach (double level in new[] { 1e-5, 0.2, 0.5, 0.9, 0.99999 })
        {
            // Beta(a, 1) has F = x^a, so that log x = log(level) / a; Beta(1, b) is its mirror image.
            double logX = Math.Log(level) / parameter, x = Math.Exp(logX), complement = -Exponentials.Expm1(logX);
            if (x == 0) continue;
            double expected = -x * logX / parameter;
            Assert.Equal(expected, BetaSample.Gradient(parameter, 1, x, complement).A, 1e-13 * expected);
            Assert.Equal(-expected, BetaSample.Gradient(1, parameter, complement, x).B, 1e-13 * expected);
        }
    }

    [Fact]
    public void The_ends_of_the_support_do_not_move()
    {
        Assert.Equal(0, GammaSample.Gradient(0.001, 0));
        Assert.Equal((0, 0), BetaSample.Gradient(0.01, 0.01, 0));
        Assert.Equal((0, 0), BetaSample.Gradient(0.01, 0.01, 1));
    }

    [Fact]
    public void Outside_the_domain_there_is_no_gradient()
    {
        Assert.Equal(double.NaN, GammaSample.Gradient(0, 1));
        Assert.Equal(double.NaN, GammaSample.Gradient(1, -1));
        Assert.Equal(double.NaN, GammaSample.LogGradient(-1, 0));
        Assert.Equal((double.NaN, double.NaN), BetaSample.Gradient(1, 0, 0.5));
        Assert.Equal((double.NaN, double.NaN), BetaSample.Gradient(1, 1, 1.5));
    }
}
