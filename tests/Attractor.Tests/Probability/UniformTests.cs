using Attractor.Probability;

namespace Attractor.Tests.Probability;

public sealed class UniformTests
{
    // log p = -log(high - low), the same everywhere between.
    [Fact]
    public void The_log_density_moves_with_its_ends_alone()
    {
        double[] score = [9, 9];
        Assert.Equal(0, new Uniform(-1, 3).LogDensityGradient(2, score));
        Assert.Equal([0.25, -0.25], score);
    }
}
