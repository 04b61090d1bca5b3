using Attractor.Dynamics;
using Attractor.Tests.Dynamics.Atlas;
using Attractor.Tests.Dynamics.Cycles;

namespace Attractor.Tests.Dynamics.Bifurcations;

public sealed class FixedPointBifurcationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double[] Values => [.. Enumerable.Range(0, 41).Select(i => -1.03 + (i * 0.05))];

    [Theory]
    [InlineData(0.5, -0.5, BifurcationKind.BorderCollision)]
    [InlineData(0.5, 1.5, BifurcationKind.NonsmoothFold)]
    public void The_skew_tent_map_collides_with_its_border_where_its_normal_form_says(double left, double right, BifurcationKind kind)
    {
        // x' = left x + mu for x < 0, right x + mu beyond: fixed points mu / (1 - left) and mu / (1 - right), which meet at mu = 0.
        FixedPointBifurcations found = FixedPointBifurcations.Along(
            mu => new TestPlrnn([left], new[,] { { right - left } }, [mu]), Values, cancellationToken: Token);
        Bifurcation only = Assert.Single(found.Found);
        Assert.Equal((kind, 0), (only.Kind, only.Boundary!.Value));
        Assert.Equal(0, only.Parameter, 1e-9);
        Assert.Equal(0, only.Point[0], 1e-9);
        Assert.Equal(2, found.Branches.Count);
    }

    [Fact]
    public void Eigenvalues_that_pass_the_unit_circle_are_named()
    {
        // x' = mu x + 1 in the only region in which it is: the eigenvalue is mu.
        FixedPointBifurcations flip = FixedPointBifurcations.Along(
            mu => new FoldedMap(new[,] { { (2 * mu) - 0.5 } }, new double[1, 1], new double[,] { { 1 } }, [100], [1]),
            Values, cancellationToken: Token);
        Bifurcation first = flip.Found.First(b => b.Kind == BifurcationKind.Flip);
        Assert.Equal(-0.25, first.Parameter, 1e-9);
        Assert.Equal(0.5, first.Point[0], 1e-9);
        // A turn that grows with mu: |eigenvalue| = 1 + mu.
        FixedPointBifurcations turn = FixedPointBifurcations.Along(
            mu => new FoldedMap(
                new[,] { { (1 + mu) * Math.Cos(1), -(1 + mu) * Math.Sin(1) }, { (1 + mu) * Math.Sin(1), (1 + mu) * Math.Cos(1) } },
                new double[2, 1], new double[,] { { 1, 0 } }, [100], [1, 0]),
            Values, cancellationToken: Token);
        Bifurcation only = Assert.Single(turn.Found);
        Assert.Equal(BifurcationKind.NeimarkSacker, only.Kind);
        Assert.Equal(0, only.Parameter, 1e-9);
    }

    [Fact]
    public void With_many_boundaries_the_region_across_is_found_on_the_way()
    {
        const int Idle = 12;
        double[,] w1 = new double[1, 1 + Idle], w2 = new double[1 + Idle, 1];
        double[] h2 = new double[1 + Idle];
        (w1[0, 0], w2[0, 0]) = (-1, 1);
        for (int i = 1; i <= Idle; i++)
            (w2[i, 0], h2[i]) = (1, 100 + i);
        ulong left = ((1UL << (1 + Idle)) - 1) & ~1UL;
        FixedPointBifurcations found = FixedPointBifurcations.Along(
            mu => new FoldedMap(new[,] { { 0.5 } }, w1, w2, h2, [mu]), Values, [[left]], Token);
        Assert.Equal(BifurcationKind.BorderCollision, Assert.Single(found.Found).Kind);
        Assert.Equal(2, found.Branches.Count);
        Assert.Throws<ArgumentException>(() => FixedPointBifurcations.Along(
            mu => new FoldedMap(new[,] { { 0.5 } }, w1, w2, h2, [mu]), Values, cancellationToken: Token));
        Assert.Throws<ArgumentException>(() => FixedPointBifurcations.Along(
            mu => new FoldedMap(new[,] { { 0.5 } }, w1, w2, h2, [mu]), [1, 0], [[left]], Token));
    }
}
