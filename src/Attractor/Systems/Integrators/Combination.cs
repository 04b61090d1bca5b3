using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Systems;

/// <summary>The sum that every stage of a Runge-Kutta method begins with.</summary>
internal static class Combination
{
    /// <summary>y = x + c_1 k_1 + c_2 k_2 + ..., the k one after the other in <paramref name="k"/>, each as long as x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(Span<double> y, ReadOnlySpan<double> x, ReadOnlySpan<double> k, ReadOnlySpan<double> c)
    {
        int d = y.Length, i = 0;
        for (; i <= d - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> sum = new(x[i..]);
            for (int j = 0; j < c.Length; j++)
                sum += c[j] * new Vector<double>(k[((j * d) + i)..]);
            sum.CopyTo(y[i..]);
        }
        for (; i < d; i++)
        {
            double sum = x[i];
            for (int j = 0; j < c.Length; j++)
                sum += c[j] * k[(j * d) + i];
            y[i] = sum;
        }
    }
}
