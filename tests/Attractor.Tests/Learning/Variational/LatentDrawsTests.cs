using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Variational;

public sealed class LatentDrawsTests
{
    [Fact]
    public void The_ratio_at_each_point_is_that_of_its_own_coordinates()
    {
        DiagonalGaussian q = new([0.5, -1], [1, 2]);
        TargetFunction logJoint = TargetFunction.Of(2, (z, gradient) => z[0] + (10 * z[1]));
        double[] points = [0, 0, 1, 2, -3, 0.25], ratios = new LatentDraws([], q).LogRatios(logJoint, points);
        for (int i = 0; i < 3; i++)
        {
            ReadOnlySpan<double> z = points.AsSpan(2 * i, 2);
            Assert.Equal(z[0] + (10 * z[1]) - q.LogDensity(z), ratios[i], 1e-12);
        }
    }

    [Fact]
    public void Points_are_draws_one_after_the_other()
    {
        DiagonalGaussian q = new([0.5, -1], [1, 2]);
        double[] points = new LatentDraws([], q).Points(3, new RandomStream(1, "draws")), one = new double[2];
        RandomStream random = new(1, "draws");
        for (int i = 0; i < 3; i++)
        {
            q.Sample(random, one);
            Assert.Equal(one, points[(2 * i)..(2 * (i + 1))]);
        }
    }
}
