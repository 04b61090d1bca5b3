using Attractor.Dynamics;
using Attractor.Models;
using Attractor.Systems;
using Attractor.Tests.Dynamics.Atlas;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace Attractor.Tests.Dynamics.Cycles;

public sealed class CycleSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Maps => new()
    {
        { "skew tent", 8 },
        { "stable line", 5 },
        { "border collision", 6 },
        { "lozi", 6 },
        { "three dimensions", 4 },
        { "shallow", 2 },
        { "clipped", 2 },
    };

    [Theory]
    [MemberData(nameof(Maps))]
    public void Every_cycle_is_found_and_none_invented(string name, int maxOrder)
    {
        IPiecewiseLinearMap map = Map(name);
        List<double[][]> expected = [.. Enumerable.Range(1, maxOrder).SelectMany(k => BruteForce(map, k))];
        foreach (long exhaustive in (long[])[0, 1_000_000])
        {
            CycleSet found = CycleSearch.Find(
                map, new() { MaxOrder = maxOrder, Seed = 1, Exhaustive = exhaustive, Starts = 3000 }, cancellationToken: Token);
            Cycle[] all = [.. found.FixedPoints, .. found.Cycles];
            Assert.Equal(
                expected.GroupBy(c => c.Length).Select(g => (g.Key, g.Count())).Order(),
                all.GroupBy(c => c.Order).Select(g => (g.Key, g.Count())).Order());
            foreach (double[][] cycle in expected)
                Assert.Contains(all, c => c.Order == cycle.Length
                    && cycle.All(p => c.Points.Any(q => p.Zip(q).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6))));
            Assert.All(all, c => AssertIsACycle(map, c));
            Assert.Equal(exhaustive > 0, found.ExhaustiveUpTo >= 1);
        }
    }

    [Fact]
    public void A_region_without_a_fixed_point_of_its_own_ends_a_descent()
    {
        CycleSearchOptions options = new() { MaxOrder = 3, Exhaustive = 0, Starts = 20, Seed = 1 };
        // z' = 0.5 z + 0.5 relu(z) - 1: above 0 it is a shift, below 0 it rests at -2.
        CycleSet found = CycleSearch.Find(
            new TestPlrnn([0.5], new[,] { { 0.5 } }, [-1]), options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([-2.0], Assert.Single(found.FixedPoints).Points[0].ToArray());
        Assert.Empty(found.Cycles);
        // A shift everywhere: no descent comes to anything, and the search ends all the same.
        CycleSet none = CycleSearch.Find(
            new TestPlrnn([1], new[,] { { 0.0 } }, [0.001]), options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(none.FixedPoints);
        Assert.Empty(none.Cycles);
    }

    [Fact]
    public void The_skew_tent_map_has_as_many_cycles_as_words()
    {
        // x' = 1 - 2 |x|, the full tent: every word of two letters is an orbit. Primitive necklaces of length
        // 1 .. 8, and a fixed point in each branch.
        CycleSet found = CycleSearch.Find(Map("full tent"), new() { MaxOrder = 8 }, cancellationToken: Token);
        Assert.Equal(
            [2, 1, 2, 3, 6, 9, 18, 30],
            Enumerable.Range(1, 8).Select(k => k == 1 ? found.FixedPoints.Count : found.Cycles.Count(c => c.Order == k)));
        Assert.Equal(
            [-1, 1.0 / 3],
            found.FixedPoints.Select(f => f.Points[0][0]).Order().Select(x => Math.Round(x, 12)),
            (a, b) => Math.Abs(a - b) < 1e-12);
        // Along any cycle of order k the slopes multiply to 2^k in modulus.
        Assert.All(found.Cycles, c => Assert.Equal(Math.Pow(2, c.Order), c.SpectralRadius, 1e-9 * c.SpectralRadius));
        Assert.Equal(8, found.ExhaustiveUpTo);
    }

    [Fact]
    public void A_published_network_has_one_fixed_point_and_two_cycles_of_order_16()
    {
        TestPlrnn map = new([0.8377689, 0.96461297], new[,] { { 0, -0.64375 }, { 0.52505308, 0 } }, [0.37298253, -0.97931491]);
        CycleSet found = CycleSearch.Find(map, new() { MaxOrder = 16, Seed = 3 }, cancellationToken: Token);
        Assert.Single(found.FixedPoints);
        Assert.Equal(2, found.Cycles.Count);
        Assert.All(found.Cycles, c => Assert.Equal(16, c.Order));
        Assert.All(found.Cycles, c => AssertIsACycle(map, c));
    }

    [Fact]
    public void The_same_seed_finds_the_same_cycles()
    {
        IPiecewiseLinearMap map = new ClippedShallowPlrnn(3, 3, 30, seed: 5);
        CycleSearchOptions options = new() { MaxOrder = 6, Seed = 2 };
        CycleSet first = CycleSearch.Find(map, options, cancellationToken: Token),
            second = CycleSearch.Find(map, options, cancellationToken: Token);
        Assert.Equal(first.FixedPoints.Count, second.FixedPoints.Count);
        Assert.Equal(
            first.FixedPoints.Concat(first.Cycles).SelectMany(c => c.Points).SelectMany(p => p),
            second.FixedPoints.Concat(second.Cycles).SelectMany(c => c.Points).SelectMany(p => p));
    }

    [Fact]
    public void A_line_of_fixed_points_is_not_taken_for_one()
    {
        // z1' = z1 everywhere: no isolated fixed point.
        TestPlrnn map = new([1, 0.5], new double[2, 2], [0, 0.25]);
        CycleSet found = CycleSearch.Find(map, new() { MaxOrder = 3 }, cancellationToken: Token);
        Assert.Empty(found.FixedPoints);
        Assert.True(found.Degenerate > 0);
    }

    [Fact]
    public void A_fixed_point_on_a_boundary_is_found_once()
    {
        // z' = 0.5 z + relu(z) * 0.2: the origin, on the boundary of both regions.
        CycleSet found = CycleSearch.Find(new TestPlrnn([0.5], new[,] { { 0.2 } }, [0]), new() { MaxOrder = 2 }, cancellationToken: Token);
        Assert.Equal(0, Assert.Single(found.FixedPoints).Points[0][0]);
        Assert.Empty(found.Cycles);
    }

    [Fact]
    public void The_affine_map_of_a_region_is_the_network_there()
    {
        foreach (ShallowPlrnn net in (ShallowPlrnn[])[new ShallowPlrnn(2, 3, 70, 1), new ClippedShallowPlrnn(2, 3, 70, 1)])
        {
            double[] z = [0.3, -0.7, 1.1], values = new double[net.Boundaries],
                a = new double[9], b = new double[3], next = new double[3], jacobian = new double[9];
            net.BoundaryValues(z, values);
            ulong[] region = new ulong[(net.Boundaries + 63) / 64];
            RegionSequence.RegionOf(values, region);
            net.AffineMap(region, a, b);
            net.Step(z, next);
            net.Jacobian(z, jacobian);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(next[i], b[i] + Enumerable.Range(0, 3).Sum(j => a[(3 * i) + j] * z[j]), 1e-12);
                for (int j = 0; j < 3; j++)
                    Assert.Equal(jacobian[(3 * i) + j], a[(3 * i) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void Cancelling_stops()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CycleSearch.Find(Map("lozi"), cancellationToken: cancelled.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => CycleSearch.Find(Map("lozi"), new() { MaxOrder = 0 }, cancellationToken: Token));
    }

    private static IPiecewiseLinearMap Map(string name) => name switch
    {
        // A z + W relu(z) + h has slope A for z < 0 and A + W for z > 0.
        "full tent" => new TestPlrnn([2], new[,] { { -4.0 } }, [1]),
        "skew tent" => new TestPlrnn([1.6], new[,] { { -3.9 } }, [1]),
        "stable line" => new TestPlrnn([0.4], new[,] { { -4.4 } }, [1]),
        "border collision" => new TestPlrnn([0.4, 0.9], new[,] { { -1.9, 0.8 }, { -1.2, -1.4 } }, [0.7, 0.35]),
        "lozi" => new TestPlrnn([1.7, 0], new[,] { { -3.4, 1.0 }, { 0.5, 0 } }, [1, 0.02]),
        "three dimensions"
            => new TestPlrnn([0.5, -0.4, 0.8], new[,] { { -1.8, 1.1, -0.6 }, { 0.9, -1.7, 1.3 }, { -1.2, 0.7, -1.5 } }, [0.6, -0.2, 0.9]),
        "shallow" => Wide(new ShallowPlrnn(2, 2, 4, 3)),
        _ => Wide(new ClippedShallowPlrnn(2, 2, 3, 4)),
    };

    /// <summary>Weights large enough for cycles to be there.</summary>
    private static ShallowPlrnn Wide(ShallowPlrnn net)
    {
        net.Parameters.Set([.. net.Parameters.Values.ToArray().Select((v, i) => i < net.Latent ? v : (4.5 * v) + (0.3 * Math.Sin(i)))]);
        return net;
    }

    private static void AssertIsACycle(IPiecewiseLinearMap map, Cycle cycle)
    {
        int d = map.Dimension;
        double[] jacobian = new double[d * d];
        Matrix<double> product = Matrix<double>.Build.DenseIdentity(d);
        for (int k = 0; k < cycle.Order; k++)
        {
            double[] next = new double[d], point = [.. cycle.Points[k]];
            map.Step(point, next);
            Assert.True(
                next.Zip(cycle.Points[(k + 1) % cycle.Order]).All(p => Math.Abs(p.First - p.Second) < 1e-7 * (1 + Math.Abs(p.First))));
            map.Jacobian(point, jacobian);
            product = Matrix<double>.Build.DenseOfRowMajor(d, d, jacobian) * product;
        }
        Complex[] expected = [.. product.Evd().EigenValues];
        Assert.All(cycle.Eigenvalues, e => Assert.Contains(expected, x => (x - e).Magnitude < 1e-7 * (1 + e.Magnitude)));
        Assert.Equal(expected.All(e => e.Magnitude < 1), cycle.Stability is Stability.Stable);
    }

    [Fact]
    public void A_cycle_is_found_among_more_boundaries_than_a_word_has_bits()
    {
        // x' = -2 x held between -2 and 2, with seventy boundaries between at which nothing bends.
        const int Idle = 70;
        double[,] w1 = new double[1, 2 + Idle], w2 = new double[2 + Idle, 1];
        double[] h2 = new double[2 + Idle];
        (w1[0, 0], w1[0, 1], h2[0], h2[1]) = (-2, 2, 1, -1);
        for (int i = 0; i < h2.Length; i++)
            (w2[i, 0], h2[i]) = (1, i < 2 ? h2[i] : -0.9 + (0.025 * (i - 2)));
        FoldedMap map = new(new double[1, 1], w1, w2, h2, [2]);
        CycleSet found = CycleSearch.Find(map, new() { MaxOrder = 2, Starts = 20 }, cancellationToken: Token);
        Assert.Equal([-2, 2], Assert.Single(found.Cycles).Points.Select(p => p[0]).Order());
    }

    // From below 0 to about 1, from there out of all numbers: the regions of a run that does not stay finite lead no further.
    [Fact]
    public void A_run_that_leaves_all_numbers_ends_a_descent()
    {
        TestPlrnn map = new([1e-200], new[,] { { 1e200 } }, [1]);
        CycleSet found = CycleSearch.Find(map, new() { MaxOrder = 4, Starts = 30, Exhaustive = 0 }, cancellationToken: Token);
        Assert.Empty(found.FixedPoints);
        Assert.Empty(found.Cycles);
    }

    /// <summary>All sequences of regions, one by one, with nothing clever.</summary>
    private static List<double[][]> BruteForce(IPiecewiseLinearMap map, int order)
    {
        int d = map.Dimension, regions = 1 << map.Boundaries;
        List<double[][]> cycles = [];
        for (long code = 0; code < (long)Math.Pow(regions, order); code++)
        {
            Matrix<double> f = Matrix<double>.Build.DenseIdentity(d);
            Vector<double> c = Vector<double>.Build.Dense(d);
            double[] a = new double[d * d], b = new double[d];
            long rest = code;
            int[] sequence = new int[order];
            for (int k = 0; k < order; k++, rest /= regions)
            {
                sequence[k] = (int)(rest % regions);
                map.AffineMap([(ulong)sequence[k]], a, b);
                Matrix<double> step = Matrix<double>.Build.DenseOfRowMajor(d, d, a);
                f = step * f;
                c = (step * c) + Vector<double>.Build.DenseOfArray([.. b]);
            }
            Matrix<double> system = Matrix<double>.Build.DenseIdentity(d) - f;
            if (Math.Abs(system.Determinant()) < 1e-9)
                continue;
            double[][] orbit = new double[order + 1][];
            orbit[0] = [.. system.Solve(c)];
            bool real = true;
            for (int k = 0; k < order && real; k++)
            {
                double[] values = new double[map.Boundaries];
                map.BoundaryValues(orbit[k], values);
                real = sequence[k] == Enumerable.Range(0, values.Length).Sum(i => values[i] > 0 ? 1 << i : 0);
                map.Step(orbit[k], orbit[k + 1] = new double[d]);
            }
            if (!real || Enumerable.Range(1, order - 1).Any(k => Close(orbit[0], orbit[k]))
                || cycles.Any(known => known.Any(p => Close(p, orbit[0]))))
                continue;
            cycles.Add(orbit[..order]);
        }
        return cycles;
    }

    private static bool Close(double[] a, double[] b) => a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-7);
}
