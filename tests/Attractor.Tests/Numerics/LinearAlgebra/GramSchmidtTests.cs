using Attractor.Numerics;

namespace Attractor.Tests.Numerics.LinearAlgebra;

[Trait("Registers", "Any")]
public sealed class GramSchmidtTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(20, 20)]
    [InlineData(17, 6)]
    [InlineData(100, 3)]
    public void The_columns_become_orthonormal_and_Q_R_gives_them_back(int d, int k)
    {
        double[] v = Normal(d * k, 1), q = [.. v], r = new double[k];
        GramSchmidt.Orthonormalize(q, r);
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
                Assert.Equal(a == b ? 1 : 0, Dot(q, a, q, b, k), 1e-13);
            // R = Q'V is upper triangular, with the diagonal that was returned.
            for (int b = 0; b <= a; b++)
                Assert.Equal(a == b ? r[a] : 0, Dot(q, a, v, b, k), 1e-12);
        }
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(8, 7)]
    [InlineData(20, 20)]
    [InlineData(33, 9)]
    [InlineData(40, 25)]
    public void With_the_vectors_in_lanes_the_result_is_the_same(int d, int k)
    {
        foreach (double[] v in (double[][])[
            Normal(d * k, 1),
            NearlyDependent(d, k, 1),
            NearlyDependent(d, k, 1e-3),
            NearlyDependent(d, k, 1e-7),
            [.. Normal(d * k, 2).Select(x => x * 1e150)],
            new double[d * k]
        ])
        {
            int stride = (k + 7) / 8 * 8;
            double[] q = [.. v], r = new double[k], panel = new double[d * stride], diagonal = new double[k];
            for (int i = 0; i < d; i++)
                v.AsSpan(i * k, k).CopyTo(panel.AsSpan(i * stride));
            GramSchmidt.Orthonormalize(q, r);
            PanelGramSchmidt.Orthonormalize(panel, diagonal, stride);
            for (int c = 0; c < k; c++)
            {
                Assert.Equal(r[c], diagonal[c], 1e-6 * r[c]);
                for (int b = 0; b < k; b++)
                    Assert.Equal(r[c] > 0 && b == c ? 1 : 0, Dot(panel, c, panel, b, stride), 2e-12);
                for (int i = 0; i < d; i++)
                    Assert.Equal(q[(i * k) + c], panel[(i * stride) + c], 1e-6);
            }
            for (int i = 0; i < d; i++)
                Assert.All(panel[((i * stride) + k)..((i + 1) * stride)], x => Assert.Equal(0, x));
        }
    }

    // Each column a little off the one to its left.
    private static double[] NearlyDependent(int d, int k, double distance)
    {
        double[] v = Normal(d * k, 3);
        for (int i = 0; i < d; i++)
            for (int c = 1; c < k; c++)
                v[(i * k) + c] = v[(i * k) + c - 1] + (distance * v[(i * k) + c]);
        return v;
    }

    [Fact]
    public void Nearly_parallel_columns_become_orthonormal_too()
    {
        double[] q = [1, 1, 1, 1e-9, 0, 0, 0, 1e-9, 0, 0, 0, 2e-9], r = new double[3];
        GramSchmidt.Orthonormalize(q, r);
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                Assert.Equal(a == b ? 1 : 0, Dot(q, a, q, b, 3), 1e-14);
    }

    [Fact]
    public void A_dependent_column_becomes_zero()
    {
        double[] q = [2, 4, 0, 0], r = new double[2];
        GramSchmidt.Orthonormalize(q, r);
        Assert.Equal([1, 0, 0, 0], q);
        Assert.Equal([2, 0], r);
    }

    /// <summary>A multiple of the first column by thirds is one only up to rounding: it has no length, the others theirs.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(12, 9)]
    public void A_column_that_depends_up_to_rounding_becomes_zero_and_takes_nothing_from_the_others(int d, int k)
    {
        double[] v = Normal(d * k, 5), without = new double[d * (k - 1)];
        for (int i = 0; i < d; i++)
        {
            v[(i * k) + 1] = v[i * k] / 3 * 7;
            without[i * (k - 1)] = v[i * k];
            v.AsSpan((i * k) + 2, k - 2).CopyTo(without.AsSpan((i * (k - 1)) + 1));
        }
        int stride = (k + 7) / 8 * 8;
        double[] r = new double[k], panel = new double[d * stride], diagonal = new double[k], expected = new double[k - 1];
        for (int i = 0; i < d; i++)
            v.AsSpan(i * k, k).CopyTo(panel.AsSpan(i * stride));
        GramSchmidt.Orthonormalize(without, expected);
        GramSchmidt.Orthonormalize(v, r);
        PanelGramSchmidt.Orthonormalize(panel, diagonal, stride);
        foreach (double[] found in (double[][])[r, diagonal])
        {
            Assert.Equal(0, found[1]);
            Assert.All(Enumerable.Range(0, k - 1), c => Assert.Equal(expected[c], found[c == 0 ? 0 : c + 1], 1e-12));
        }
        for (int i = 0; i < d; i++)
            Assert.Equal((0, 0), (v[(i * k) + 1], panel[(i * stride) + 1]));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
        => Assert.Throws<ArgumentException>(() => GramSchmidt.Orthonormalize(new double[6], new double[3]));

    private static double Dot(double[] a, int i, double[] b, int j, int k)
        => Enumerable.Range(0, a.Length / k).Sum(row => a[(row * k) + i] * b[(row * k) + j]);

    private static double[] Normal(int count, ulong seed)
    {
        RandomStream random = new(seed, "test");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }
}
