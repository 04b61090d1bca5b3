using Attractor.Numerics;

namespace Attractor.Tests.Numerics.Optimization;

public sealed class QuasiNewtonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // (x - 1)^2 / 2 from 0: the gradient is -1, and the first step of steepest descent, of length 1, ends at the minimum.
    [Theory]
    [InlineData(1.0, nameof(QuasiNewtonEnding.Converged))]
    [InlineData(0.999, nameof(QuasiNewtonEnding.Unbounded))]
    public void A_point_is_gone_beyond_the_bound_and_not_on_it(double bound, string ending)
    {
        QuasiNewton search = new(Parabola, [0], [bound]);
        Assert.Equal(ending, search.Run(10, 1e-12, Token).ToString());
        Assert.Equal([1.0], search.Point);
        Assert.Equal([0.0], search.Gradient);
        Assert.Equal(0, search.Value);
        Assert.Equal(1, search.Steps);
    }

    private static double Parabola(ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient[0] = point[0] - 1;
        return gradient[0] * gradient[0] / 2;
    }
}
