using Attractor.Probability;

namespace Attractor.Tests.Probability.Discrete;

public sealed class NegativeBinomialTests
{
    // Counts have no slope between them; the parameters have.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void The_log_mass_moves_with_its_parameters_alone(double value)
    {
        const double Step = 1e-5;
        double[] score = [9, 9];
        Assert.Equal(0, new NegativeBinomial(2.5, -0.4).LogDensityGradient(value, score));
        Assert.Equal(Slope(h => new NegativeBinomial(2.5 + h, -0.4).LogDensity(value)), score[0], 1e-8);
        Assert.Equal(Slope(h => new NegativeBinomial(2.5, -0.4 + h).LogDensity(value)), score[1], 1e-8);

        static double Slope(Func<double, double> f) => (f(Step) - f(-Step)) / (2 * Step);
    }
}
