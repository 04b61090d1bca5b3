using Attractor.Numerics.LinearAlgebra;
using Attractor.Numerics.Randomness;

namespace Attractor.Tests.Numerics.LinearAlgebra;

public sealed class CholeskyTests
{
    [Fact]
    public void The_factor_of_a_known_matrix()
    {
        double[] a = [4, 9, 9, 12, 37, 9, -16, -43, 98];
        Assert.True(Cholesky.TryFactor(a, 3));
        Assert.Equal([2, 9, 9, 6, 1, 9, -8, 5, 3], a);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void A_solution_solves(int n)
    {
        RandomStream random = new(3, "test");
        double[] g = [.. Enumerable.Range(0, n * n).Select(_ => random.NextNormal())], a = new double[n * n], b = new double[n];
        for (int i = 0; i < n; i++)
        {
            b[i] = random.NextNormal();
            for (int j = 0; j < n; j++)
                a[(i * n) + j] = Enumerable.Range(0, n).Sum(m => g[(i * n) + m] * g[(j * n) + m]) + (i == j ? 1 : 0);
        }
        double[] l = [.. a], x = [.. b];
        Assert.True(Cholesky.TryFactor(l, n));
        Cholesky.Solve(l, x);
        for (int i = 0; i < n; i++)
            Assert.Equal(b[i], Enumerable.Range(0, n).Sum(j => a[(i * n) + j] * x[j]), 1e-10);
    }

    [Fact]
    public void An_indefinite_matrix_is_not_factored()
    {
        Assert.False(Cholesky.TryFactor([1, 0, 2, 1], 2));
        Assert.False(Cholesky.TryFactor([double.NaN], 1));
    }
}
