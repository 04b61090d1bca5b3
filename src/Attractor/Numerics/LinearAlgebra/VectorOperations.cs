using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attractor.Numerics;

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

    /// <summary>The sum of x_i y_i, in four interleaved sums of eight.</summary>
    /// <remarks>The platform's own runs at a fraction of its speed until it has been called for a while.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        Vector512<double> a = default, b = default, c = default, d = default;
        int i = 0;
        double rest = 0;
        fixed (double* p = x, q = y)
        {
            for (; i + 32 <= x.Length; i += 32)
            {
                a = Vector512.MultiplyAddEstimate(Vector512.Load(p + i), Vector512.Load(q + i), a);
                b = Vector512.MultiplyAddEstimate(Vector512.Load(p + i + 8), Vector512.Load(q + i + 8), b);
                c = Vector512.MultiplyAddEstimate(Vector512.Load(p + i + 16), Vector512.Load(q + i + 16), c);
                d = Vector512.MultiplyAddEstimate(Vector512.Load(p + i + 24), Vector512.Load(q + i + 24), d);
            }
            for (; i + 8 <= x.Length; i += 8)
                a = Vector512.MultiplyAddEstimate(Vector512.Load(p + i), Vector512.Load(q + i), a);
            for (; i < x.Length; i++)
                rest += p[i] * q[i];
        }
        return Vector512.Sum((a + b) + (c + d)) + rest;
    }

    /// <summary>Whether every value is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe bool AreFinite(ReadOnlySpan<double> x)
    {
        // 0 x is 0 for a finite x, and NaN for any other.
        Vector512<double> zeros = default;
        int i = 0;
        double rest = 0;
        fixed (double* p = x)
        {
            for (; i + 8 <= x.Length; i += 8)
                zeros += Vector512.Load(p + i) * Vector512<double>.Zero;
            for (; i < x.Length; i++)
                rest += p[i] * 0;
        }
        return Vector512.Sum(zeros) + rest == 0;
    }
}
