using Attractor.Numerics.LinearAlgebra;
using Attractor.Numerics.Randomness;

namespace Attractor.Tests.Numerics.LinearAlgebra;

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
