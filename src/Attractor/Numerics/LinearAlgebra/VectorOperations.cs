using System.Numerics;

namespace Attractor.Numerics.LinearAlgebra;

/// <summary>The elementwise loop that tangent vectors and orthonormalisation share. Lengths are equal.</summary>
internal static class VectorOperations
{
    /// <summary>y += a x.</summary>
    public static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        Vector<double> factor = new(a);
        while (y.Length >= Vector<double>.Count && x.Length >= Vector<double>.Count)
        {
            (new Vector<double>(y) + (factor * new Vector<double>(x))).CopyTo(y);
            y = y[Vector<double>.Count..];
            x = x[Vector<double>.Count..];
        }
        for (int i = 0; i < y.Length && i < x.Length; i++)
            y[i] += a * x[i];
    }

    /// <summary>R += A V, with A (rows x inner), V (inner x k), R (rows x k), all row-major; zeros in A cost nothing.</summary>
    public static void AddProduct(Span<double> r, ReadOnlySpan<double> a, ReadOnlySpan<double> v, int inner, int k)
    {
        int rows = a.Length / inner;
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = r.Slice(i * k, k);
            ReadOnlySpan<double> coefficients = a.Slice(i * inner, inner);
            for (int j = 0; j < coefficients.Length; j++)
                if (coefficients[j] != 0)
                    AddScaled(row, coefficients[j], v.Slice(j * k, k));
        }
    }
}
