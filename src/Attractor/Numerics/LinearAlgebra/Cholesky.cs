using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>A = L L' of a symmetric positive definite matrix, in place, and what is solved with it.</summary>
public static class Cholesky
{
    private const int MostConditionSteps = 5;

    /// <summary>Replaces the lower triangle of A by L; the upper triangle is neither read nor written.</summary>
    /// <param name="a">n x n, row-major.</param>
    /// <param name="n">Rows.</param>
    /// <returns>False if A is not positive definite (to rounding); its lower triangle is then partly overwritten.</returns>
    /// <exception cref="ArgumentException">A is not n x n.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFactor(Span<double> a, int n)
    {
        Require(a.Length, n);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, i + 1);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - VectorOperations.Dot(row[..j], a.Slice(j * n, j))) / a[(j * n) + j];
            double pivot = row[i] - VectorOperations.Dot(row[..i], row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>Solves A x = b in place, given the factor that <see cref="TryFactor"/> left.</summary>
    /// <param name="l">n x n, row-major: L in the lower triangle.</param>
    /// <param name="b">n values: b in, x out.</param>
    /// <exception cref="ArgumentException">L is not n x n for the n of b.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(ReadOnlySpan<double> l, Span<double> b)
    {
        int n = b.Length;
        Require(l.Length, n);
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - VectorOperations.Dot(b[..i], l.Slice(i * n, i))) / l[(i * n) + i];
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= l[(i * n) + i];
            VectorOperations.AddScaled(b[..i], -b[i], l.Slice(i * n, i));
        }
    }

    /// <summary>
    /// An estimate of 1 / (|A| |A^-1|) in the 1-norm, rarely off by more than a factor of 3 (Hager 1984; Higham, ACM TOMS 14, 1988).
    /// </summary>
    /// <param name="l">n x n, row-major: L in the lower triangle.</param>
    /// <param name="n">Rows.</param>
    /// <param name="norm">|A|, the largest sum of magnitudes of a column.</param>
    /// <exception cref="ArgumentException">L is not n x n.</exception>
    public static double ReciprocalCondition(ReadOnlySpan<double> l, int n, double norm)
    {
        Require(l.Length, n);
        double[] x = new double[n], signs = new double[n];
        x.AsSpan().Fill(1.0 / n);
        double inverse = 0;
        for (int step = 0; step < MostConditionSteps; step++)
        {
            Solve(l, x);
            double length = TensorPrimitives.SumOfMagnitudes<double>(x);
            if (length <= inverse)
                break;
            inverse = length;
            for (int i = 0; i < n; i++)
                signs[i] = x[i] >= 0 ? 1 : -1;
            // A is symmetric: the gradient of the norm is one more solution.
            Solve(l, signs);
            int largest = TensorPrimitives.IndexOfMaxMagnitude<double>(signs);
            Array.Clear(x);
            x[largest] = 1;
        }
        return 1 / (norm * inverse);
    }

    private static void Require(int length, int n)
    {
        if (n < 1 || length != (long)n * n)
            throw new ArgumentException($"Expected {n} x {n} values, found {length}.");
    }
}
