using Attractor.Probability;

namespace Attractor.Tests.Probability;

public sealed class StudentTTests
{
    // The entropy is that of the standard one and log scale: the place is nothing to it.
    [Theory]
    [InlineData(0.7, -3, 0.25)]
    [InlineData(4, 2, 8)]
    public void The_entropy_moves_with_the_degrees_of_freedom_and_the_scale_alone(double nu, double location, double scale)
    {
        double[] gradient = [7, 7, 7];
        new StudentT(nu, location, scale).EntropyGradient(gradient);
        double step = 1e-4 * nu;
        double slope = (new StudentT(nu + step, 0, 1).Entropy - new StudentT(nu - step, 0, 1).Entropy) / (2 * step);
        Assert.Equal(slope, gradient[0], 1e-6 * Math.Abs(slope));
        Assert.Equal([0, 1 / scale], gradient[1..]);
    }

    // At fixed noise the sample is location + scale t.
    [Theory]
    [InlineData(3, 5)]
    [InlineData(1e5, -0.5)]
    public void A_sample_moves_with_the_location_and_with_the_scale_in_its_units(double nu, double t)
    {
        double[] gradient = new double[3];
        new StudentT(nu, 2, 4).SampleGradient(2 + (4 * t), gradient);
        Assert.Equal([1, t], gradient[1..]);
    }
}
