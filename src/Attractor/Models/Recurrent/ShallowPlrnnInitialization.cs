using Attractor.Numerics.Randomness;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Models.Recurrent;

/// <summary>The published initial parameters of shallow PLRNNs.</summary>
/// <remarks>
/// A is the diagonal of K / lambda_max(K), K = R'R / M + I with R standard normal (Talathi and Vartak 2015); W1 is uniform within
/// 1 / sqrt(L), W2 within 1 / sqrt(M), h1 = 0; h2 is 0 (shallow) or uniform within 1 / sqrt(L) (clipped); the initial-state map is
/// Glorot-uniform (Hess et al. 2023).
/// </remarks>
internal static class ShallowPlrnnInitialization
{
    public static double[] Draw(ShallowPlrnnLayout layout, bool zeroThresholds, ulong seed)
    {
        (int n, int m, int l) = layout;
        RandomStream random = new(seed, "parameters");
        double[] values = new double[layout.L + ((m - n) * n)];
        NormalizedPositiveDefiniteDiagonal(values.AsSpan(ShallowPlrnnLayout.A, m), random);
        Uniform(values.AsSpan(layout.W1, m * l), 1 / Math.Sqrt(l), random);
        Uniform(values.AsSpan(layout.W2, l * m), 1 / Math.Sqrt(m), random);
        if (!zeroThresholds)
            Uniform(values.AsSpan(layout.H2, l), 1 / Math.Sqrt(l), random);
        Uniform(values.AsSpan(layout.L), Math.Sqrt(6.0 / m), random);
        return values;
    }

    private static void NormalizedPositiveDefiniteDiagonal(Span<double> a, RandomStream random)
    {
        int m = a.Length;
        Matrix<double> r = Matrix<double>.Build.Dense(m, m, (_, _) => random.NextNormal());
        Matrix<double> k = (r.TransposeThisAndMultiply(r) / m) + Matrix<double>.Build.DenseIdentity(m);
        double largest = k.Evd(Symmetricity.Symmetric).EigenValues.Max(e => e.Real);
        for (int i = 0; i < m; i++)
            a[i] = k[i, i] / largest;
    }

    private static void Uniform(Span<double> values, double bound, RandomStream random)
    {
        foreach (ref double value in values)
            value = random.NextUniform(-bound, bound);
    }
}
