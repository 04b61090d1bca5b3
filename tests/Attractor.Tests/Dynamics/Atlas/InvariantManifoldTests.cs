using Attractor.Dynamics;
using Attractor.Tests.Dynamics.Cycles;

namespace Attractor.Tests.Dynamics.Atlas;

public sealed class InvariantManifoldTests
{
    private const double A = 1.7, B = 0.5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // x' = 1 + y - 1.7 |x|, y' = 0.5 x: the attractor of R. Lozi (1978), proved strange by M. Misiurewicz (1980).
    private static FoldedMap Lozi
        => new(new[,] { { A, 1 }, { B, 0 } }, new[,] { { -2 * A }, { 0 } }, new double[,] { { 1, 0 } }, [0], [1, 0]);

    [Fact]
    public void The_unstable_manifold_of_the_Lozi_map_has_its_known_corners()
    {
        InvariantManifold manifold = InvariantManifold.UnstableOf(Lozi, Saddle(), new() { Iterations = 12 }, Token);
        Assert.True(manifold is { Dimension: 1, Stable: false, Complete: true, Iterations: 12 });
        // Misiurewicz: from the saddle straight to Z on the axis y = 0, which is the image of where it meets x = 0.
        double z = (2 + A + Math.Sqrt((A * A) + (4 * B))) / (2 * (1 + A - B));
        double[] corner = [z, 0];
        for (int n = 0; n < 4; n++)
        {
            double[] at = [.. corner];
            Assert.Contains(manifold.Pieces, p => p.Vertices.Any(v => Math.Abs(v[0] - at[0]) < 1e-10 && Math.Abs(v[1] - at[1]) < 1e-10));
            Lozi.Step(corner, corner);
        }
    }

    [Fact]
    public void The_unstable_manifold_is_as_long_as_the_curve_that_many_points_draw()
    {
        const int Iterations = 9, Points = 400_001;
        Cycle saddle = Saddle();
        InvariantManifold manifold = InvariantManifold.UnstableOf(Lozi, saddle, new() { Iterations = Iterations }, Token);
        InvariantManifold local = InvariantManifold.UnstableOf(Lozi, saddle, new() { Iterations = 0 }, Token);
        IReadOnlyList<double> from = local.Pieces[0].Vertices[0], to = local.Pieces[0].Vertices[1];
        double length = 0;
        double[]? before = null;
        for (int i = 0; i < Points; i++)
        {
            double share = i / (Points - 1.0);
            double[] state = [from[0] + (share * (to[0] - from[0])), from[1] + (share * (to[1] - from[1]))];
            for (int n = 0; n < Iterations; n++)
                Lozi.Step(state, state);
            if (before is not null)
                length += double.Hypot(state[0] - before[0], state[1] - before[1]);
            before = state;
        }
        double traced = manifold.Pieces.Sum(p => double.Hypot(p.Vertices[1][0] - p.Vertices[0][0], p.Vertices[1][1] - p.Vertices[0][1]));
        Assert.Equal(length, traced, 1e-3 * length);
        Assert.True(traced > 10);
    }

    [Fact]
    public void Every_point_of_the_stable_manifold_comes_to_the_saddle()
    {
        Cycle saddle = Saddle();
        const int Iterations = 8;
        InvariantManifold manifold = InvariantManifold.StableOf(Lozi, saddle, new() { Iterations = Iterations }, Token);
        Assert.True(manifold is { Dimension: 1, Stable: true, AllRegions: true, Singular: 0 });
        Assert.True(manifold.Pieces.Count > 4);
        double contraction = saddle.Eigenvalues.Min(e => e.Magnitude);
        foreach (ManifoldPiece piece in manifold.Pieces)
            foreach (double share in (double[])[0.01, 0.37, 0.81])
            {
                double[] state = At(piece, share);
                for (int n = 0; n < Iterations; n++)
                    Lozi.Step(state, state);
                // After that it is in the eigenspace: one more step brings it nearer by exactly the eigenvalue.
                double distance = Distance(state, saddle);
                Lozi.Step(state, state);
                Assert.Equal(contraction * distance, Distance(state, saddle), 1e-8);
            }
    }

    [Fact]
    public void With_more_boundaries_than_can_all_be_tried_the_stable_manifold_is_the_same()
    {
        // Twelve more boundaries at which nothing bends: they cut the pieces, and the search has to find its way across them.
        const int Idle = 12;
        double[,] w1 = new double[2, 1 + Idle], w2 = new double[1 + Idle, 2];
        double[] h2 = new double[1 + Idle];
        (w1[0, 0], w2[0, 0]) = (-2 * A, 1);
        for (int i = 1; i <= Idle; i++)
            (w2[i, 0], w2[i, 1], h2[i]) = (Math.Cos(i), Math.Sin(i), 0.1 * i);
        FoldedMap many = new(new[,] { { A, 1 }, { B, 0 } }, w1, w2, h2, [1, 0]);
        Cycle saddle = Saddle();
        InvariantManifold whole = InvariantManifold.StableOf(Lozi, saddle, new() { Iterations = 6 }, Token);
        InvariantManifold searched = InvariantManifold.StableOf(
            many, CycleSearch.Find(many, new() { MaxOrder = 1, Starts = 50 }, cancellationToken: Token).FixedPoints
                .Single(f => Distance([.. f.Points[0]], saddle) < 1e-9), new() { Iterations = 6 }, Token);
        Assert.True(whole.AllRegions);
        Assert.False(searched.AllRegions);
        Assert.True(searched.Pieces.Count > whole.Pieces.Count);
        // The local piece is shorter where a boundary is nearer; what it grows to is longer than the whole one's by nothing.
        InvariantManifold grown = InvariantManifold.StableOf(
            many, CycleSearch.Find(many, new() { MaxOrder = 1, Starts = 50 }, cancellationToken: Token).FixedPoints
                .Single(f => Distance([.. f.Points[0]], saddle) < 1e-9), new() { Iterations = 12 }, Token);
        foreach (ManifoldPiece piece in whole.Pieces)
            foreach (double share in (double[])[0.2, 0.7])
                Assert.Contains(grown.Pieces, p => Covers(p, At(piece, share)));
    }

    [Fact]
    public void Homoclinic_points_of_the_Lozi_map_lie_on_both_manifolds()
    {
        Cycle saddle = Saddle();
        InvariantManifold unstable = InvariantManifold.UnstableOf(Lozi, saddle, new() { Iterations = 8 }, Token);
        InvariantManifold stable = InvariantManifold.StableOf(Lozi, saddle, new() { Iterations = 4 }, Token);
        IReadOnlyList<IReadOnlyList<double>> points = ManifoldIntersections.Between(unstable, stable, saddle.Points);
        Assert.NotEmpty(points);
        foreach (IReadOnlyList<double> point in points)
        {
            double[] forward = [.. point];
            for (int n = 0; n < 22; n++)
                Lozi.Step(forward, forward);
            // The saddle's other direction grows what rounding leaves: 22 steps are what digits allow.
            Assert.True(Distance(forward, saddle) < 1e-3);
        }
    }

    [Fact]
    public void A_map_that_is_linear_has_planes()
    {
        // A stretch by 1.5 along one axis and a turn that shrinks by 0.8 in the plane across: no boundary is ever met.
        double c = 0.8 * Math.Cos(0.7), s = 0.8 * Math.Sin(0.7);
        FoldedMap map = new(
            new[,] { { 1.5, 0, 0 }, { 0, c, -s }, { 0, s, c } },
            new double[,] { { 1 }, { 0 }, { 0 } },
            new double[,] { { 1, 0, 0 } },
            [-1e6],
            [0, 0, 0]);
        Cycle origin = CycleSearch.Find(map, new() { MaxOrder = 1 }, cancellationToken: Token).FixedPoints.Single();
        InvariantManifold unstable = InvariantManifold.UnstableOf(map, origin, new() { Iterations = 3 }, Token);
        InvariantManifold stable = InvariantManifold.StableOf(map, origin, new() { Iterations = 3 }, Token);
        Assert.Equal((1, 2), (unstable.Dimension, stable.Dimension));
        Assert.All(unstable.Pieces, p => Assert.All(p.Vertices, v => Assert.Equal(0, double.Hypot(v[1], v[2]), 1e-9)));
        Assert.All(stable.Pieces, p => Assert.All(p.Vertices, v => Assert.Equal(0, v[0], 1e-9)));
        // They meet in the point itself alone.
        Assert.Empty(ManifoldIntersections.Between(unstable, stable, origin.Points));
        Assert.Single(ManifoldIntersections.Between(unstable, stable));
    }

    [Fact]
    public void What_cannot_be_traced_is_refused_in_words()
    {
        TestPlrnn map = new([0.5, 0.4, 0.3], new double[3, 3], [1, 1, 1]);
        Cycle stable = CycleSearch.Find(map, new() { MaxOrder = 1 }, cancellationToken: Token).FixedPoints.Single();
        Assert.Contains(
            "no unstable manifold",
            Assert.Throws<ArgumentException>(() => InvariantManifold.UnstableOf(map, stable, cancellationToken: Token)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "3 dimensions",
            Assert.Throws<ArgumentException>(() => InvariantManifold.StableOf(map, stable, cancellationToken: Token)).Message,
            StringComparison.Ordinal);
    }

    private static double[] At(ManifoldPiece piece, double share)
        => [.. piece.Vertices[0].Zip(piece.Vertices[1], (u, v) => u + (share * (v - u)))];

    private static bool Covers(ManifoldPiece segment, double[] point)
    {
        (IReadOnlyList<double> a, IReadOnlyList<double> b) = (segment.Vertices[0], segment.Vertices[1]);
        double whole = double.Hypot(b[0] - a[0], b[1] - a[1]);
        double parts = double.Hypot(point[0] - a[0], point[1] - a[1]) + double.Hypot(b[0] - point[0], b[1] - point[1]);
        return parts - whole < 1e-9 * Math.Max(1, whole);
    }

    private static Cycle Saddle()
        => CycleSearch.Find(Lozi, new() { MaxOrder = 1 }, cancellationToken: Token).FixedPoints
            .Single(f => f.Points[0][0] > 0 && Math.Abs(f.Points[0][0] - (1 / (1 + A - B))) < 1e-12);

    private static double Distance(double[] state, Cycle cycle)
        => double.Hypot(state[0] - cycle.Points[0][0], state[1] - cycle.Points[0][1]);
}
