namespace Attractor.Numerics.LinearAlgebra;

/// <summary>A = L L' of a symmetric positive definite matrix, in place. For small matrices.</summary>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L; the upper triangle is neither read nor written.</summary>
    /// <param name="a">n x n, row-major.</param>
    /// <param name="n">Rows.</param>
    /// <returns>False if A is not positive definite (to rounding); its lower triangle is then partly overwritten.</returns>
    /// <exception cref="ArgumentException">A is not n x n.</exception>
    public static bool TryFactor(Span<double> a, int n)
    {
        Require(a.Length, n);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                double sum = row[j];
                ReadOnlySpan<double> above = a.Slice(j * n, n);
                for (int m = 0; m < j; m++)
                    sum -= row[m] * above[m];
                if (j < i)
                    row[j] = sum / above[j];
                else if (sum > 0 && double.IsFinite(sum))
                    row[i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }
        return true;
    }

    /// <summary>Solves A x = b in place, given the factor that <see cref="TryFactor"/> left.</summary>
    /// <param name="l">n x n, row-major: L in the lower triangle.</param>
    /// <param name="b">n values: b in, x out.</param>
    /// <exception cref="ArgumentException">L is not n x n for the n of b.</exception>
    public static void Solve(ReadOnlySpan<double> l, Span<double> b)
    {
        int n = b.Length;
        Require(l.Length, n);
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
                sum -= l[(i * n) + j] * b[j];
            b[i] = sum / l[(i * n) + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
                sum -= l[(j * n) + i] * b[j];
            b[i] = sum / l[(i * n) + i];
        }
    }

    private static void Require(int length, int n)
    {
        if (n < 1 || length != (long)n * n)
            throw new ArgumentException($"Expected {n} x {n} values, found {length}.");
    }
}
