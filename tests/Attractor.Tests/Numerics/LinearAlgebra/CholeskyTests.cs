using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Numerics.LinearAlgebra;

[Trait("Registers", "Any")]
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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(40, 1e-3)]
    [InlineData(40, 1e-9)]
    [InlineData(120, 1)]
    public void The_condition_is_estimated_within_a_factor_of_10(int n, double smallest)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            RandomStream random = new(seed, "condition");
            Matrix<double> q = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextNormal()).QR().Q;
            Vector<double> eigenvalues = Vector<double>.Build.Dense(n, i => i == 0 ? smallest : random.NextUniform(1, 3));
            Matrix<double> a = q * Matrix<double>.Build.DenseOfDiagonalVector(eigenvalues) * q.Transpose();
            double[] l = a.ToRowMajorArray();
            Assert.True(Cholesky.TryFactor(l, n));

            double estimate = Cholesky.ReciprocalCondition(l, n, a.L1Norm()), exact = 1 / (a.L1Norm() * a.Inverse().L1Norm());

            // An estimate of |A^-1| from below, so that the reciprocal is never too small.
            Assert.InRange(estimate, exact * (1 - 1e-6), 10 * exact);
        }
    }
}
