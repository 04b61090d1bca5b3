using Attractor.Dynamics;
using Attractor.Tests.Dynamics.Atlas;
using Attractor.Tests.Dynamics.Cycles;

namespace Attractor.Tests.Dynamics.Basins;

public sealed class BasinsOfAttractionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_fixed_points_share_the_plane_along_the_line_between_them()
    {
        // x' = 2 x held between -2 and 2, y' = y / 2: fixed points at -2 and 2, and the line x = 0, which the saddle holds, between them.
        FoldedMap map = new(
            new[,] { { 0, 0 }, { 0, 0.5 } }, new double[,] { { 2, -2 }, { 0, 0 } }, new double[,] { { 1, 0 }, { 1, 0 } }, [1, -1], [-2, 0]);
        BasinsOfAttraction basins = BasinsOfAttraction.Of(
            map, [0, 0], new() { Columns = (-3, 3), Rows = (-1, 1), Resolution = 60, Settle = 200 }, Token);
        Assert.Equal(2, basins.Attractors.Count);
        Assert.All(basins.Attractors, a => Assert.Equal(1, a.Order));
        Assert.Equal([0.5, 0.5], basins.Attractors.Select(a => a.Share));
        Assert.Equal(0, basins.Left);
        for (int row = 0; row < 60; row++)
            for (int column = 0; column < 60; column++)
            {
                double end = basins.Attractors[basins.Labels[(row * 60) + column]].State[0];
                Assert.Equal(Math.Sign(basins.X[column]), Math.Sign(end));
            }
    }

    [Fact]
    public void What_leaves_is_told_from_what_stays()
    {
        // The tent of slope 1.6 on [-.., ..]: starts beyond its unstable fixed points leave, the others come to one chaotic attractor.
        TestPlrnn map = new([1.6, 0.3], new[,] { { -3.2, 0.0 }, { 0, 0 } }, [1, 0]);
        double edge = 1 / 0.6;
        BasinsOfAttraction basins = BasinsOfAttraction.Of(
            map, [0, 0], new() { Columns = (-3, 3), Rows = (-1, 1), Resolution = 90, Settle = 300, Most = 600 }, Token);
        BasinAttractor only = Assert.Single(basins.Attractors);
        Assert.Equal(0, only.Order);
        Assert.Equal(basins.X.Count(x => Math.Abs(x) < edge) / 90.0, only.Share, 1e-12);
        Assert.Equal(1 - only.Share, basins.Left, 1e-12);
        // It lies between the images of the fold: 1 and 1 - 1.6.
        Assert.Equal(1, only.Upper[0], 1e-2);
        Assert.Equal(1 - 1.6, only.Lower[0], 1e-2);
    }

    [Fact]
    public void A_slow_spiral_is_no_cycle()
    {
        // A turn by a fifth and a shrinking by 1e-4 a step: after five steps an orbit is as good as back, and is yet on its way inwards.
        double c = 0.9999 * Math.Cos(Math.Tau / 5), s = 0.9999 * Math.Sin(Math.Tau / 5);
        FoldedMap map = new(new[,] { { c, -s }, { s, c } }, new double[2, 1], new double[,] { { 1, 0 } }, [-1e6], [0, 0]);
        BasinOptions options = new() { Columns = (-1, 1), Rows = (-1, 1), Resolution = 8, Settle = 500, Most = 2000, Tolerance = 1e-3 };
        Assert.All(BasinsOfAttraction.Of(map, [0, 0], options, Token).Attractors, a => Assert.Equal(0, a.Order));
        Cycle origin = CycleSearch.Find(map, new() { MaxOrder = 1 }, cancellationToken: Token).FixedPoints.Single();
        BasinAttractor only = Assert.Single(
            BasinsOfAttraction.Of(map, [0, 0], options with { Most = 100_000, Known = [origin] }, Token).Attractors);
        Assert.Equal((1, 1.0), (only.Order, only.Share));
    }
}
