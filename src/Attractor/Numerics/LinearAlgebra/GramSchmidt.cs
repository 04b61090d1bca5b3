using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>QR by modified Gram-Schmidt, for few vectors in few dimensions, many times over.</summary>
/// <remarks>
/// Right-looking: once a column is final it is taken out of all columns to its right, so that with the vectors as the
/// columns of a row-major array the inner loop runs along contiguous memory (Golub and Van Loan, Matrix Computations, 5.2.8).
/// </remarks>
internal static class GramSchmidt
{
    // Orthogonality is lost like machine epsilon times the shrinkage of a column: a second pass restores it
    // ("twice is enough": Giraud, Langou and Rozloznik 2005).
    private const double Shrinkage = 1e-4;

    /// <summary>The share of its length below which what is left of a column beyond those before it is nothing but rounding.</summary>
    public const double Rounding = 1e-14;

    /// <summary>Replaces V by Q of V = Q R, columns orthonormal, and returns the diagonal of R (all &gt;= 0).</summary>
    /// <param name="vectors">D x k, row-major, k &lt;= D: the vectors are the columns.</param>
    /// <param name="diagonal">k values: R[c, c], the length of column c beyond the span of those before it.</param>
    /// <remarks>A column that depends on those before it, up to rounding, becomes zero, with R[c, c] = 0.</remarks>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    [SkipLocalsInit]
    public static void Orthonormalize(Span<double> vectors, Span<double> diagonal)
    {
        int k = diagonal.Length;
        if (k == 0 || vectors.Length % k != 0 || vectors.Length / k < k)
            throw new ArgumentException($"Expected D x k values with D >= k = {k}, found {vectors.Length}.", nameof(vectors));
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], 3 * k);
        Span<double> before = scratch.Values[..k], again = scratch.Values.Slice(k, k), dots = scratch.Values[(2 * k)..];

        for (int c = 0; c < k; c++)
            before[c] = Length(vectors, c, k);

        Pass(vectors, diagonal, dots, before);
        bool shrunk = false;
        for (int c = 0; c < k; c++)
            shrunk |= diagonal[c] > 0 && diagonal[c] < Shrinkage * before[c];
        if (!shrunk)
            return;
        Pass(vectors, again, dots, default);
        for (int c = 0; c < k; c++)
            diagonal[c] *= again[c];
    }

    private static void Pass(Span<double> vectors, Span<double> diagonal, Span<double> dots, ReadOnlySpan<double> before)
    {
        int k = diagonal.Length;
        for (int c = 0; c < k; c++)
        {
            double length = Length(vectors, c, k);
            if (!before.IsEmpty && length <= Rounding * before[c])
                length = 0;
            diagonal[c] = length;
            for (int i = c; i < vectors.Length; i += k)
                vectors[i] = length > 0 ? vectors[i] / length : 0;

            int right = k - c - 1;
            if (right == 0 || length == 0)
                continue;
            Span<double> projections = dots[..right];
            projections.Clear();
            for (int row = 0; row < vectors.Length; row += k)
                VectorOperations.AddScaled(projections, vectors[row + c], vectors.Slice(row + c + 1, right));
            for (int row = 0; row < vectors.Length; row += k)
                SubtractScaled(vectors.Slice(row + c + 1, right), vectors[row + c], projections);
        }
    }

    /// <summary>The Euclidean length of column c; in units of its largest entry where squares leave the range of numbers.</summary>
    private static double Length(ReadOnlySpan<double> vectors, int c, int k)
    {
        double square = 0, largest = 0;
        for (int i = c; i < vectors.Length; i += k)
            square += vectors[i] * vectors[i];
        if (square is > 1e-280 and < 1e280)
            return Math.Sqrt(square);
        for (int i = c; i < vectors.Length; i += k)
            largest = Math.Max(largest, Math.Abs(vectors[i]));
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        square = 0;
        for (int i = c; i < vectors.Length; i += k)
            square += vectors[i] / largest * (vectors[i] / largest);
        return largest * Math.Sqrt(square);
    }

    private static void SubtractScaled(Span<double> y, double a, ReadOnlySpan<double> x) => VectorOperations.AddScaled(y, -a, x);
}
