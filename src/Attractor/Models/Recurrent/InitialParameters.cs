using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Models;

/// <summary>The published initial parameters.</summary>
/// <remarks>
/// K = R'R / M + I with R standard normal, divided by its largest eigenvalue (Talathi and Vartak 2015). A is the diagonal of K.
/// PLRNN: W is the rest of K, h = 0. Shallow PLRNN: W1 is uniform within 1 / sqrt(L), W2 within 1 / sqrt(M), h1 = 0;
/// h2 is 0 (shallow) or uniform within 1 / sqrt(L) (clipped) (Hess et al. 2023). The initial-state map is Glorot-uniform.
/// </remarks>
internal static class InitialParameters
{
    public static double[] Draw(PlrnnLayout layout, ulong seed)
    {
        (int n, int m) = layout;
        RandomStream random = new(seed, "parameters");
        double[] values = new double[layout.L + ((m - n) * n)];
        Matrix<double> k = NormalizedPositiveDefinite(m, random);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < m; j++)
                values[i == j ? PlrnnLayout.A + i : layout.W + (i * m) + j] = k[i, j];
        Uniform(values.AsSpan(layout.L), Math.Sqrt(6.0 / m), random);
        return values;
    }

    public static double[] Draw(ShallowPlrnnLayout layout, bool zeroThresholds, ulong seed)
    {
        (int n, int m, int l) = layout;
        RandomStream random = new(seed, "parameters");
        double[] values = new double[layout.L + ((m - n) * n)];
        Matrix<double> k = NormalizedPositiveDefinite(m, random);
        for (int i = 0; i < m; i++)
            values[ShallowPlrnnLayout.A + i] = k[i, i];
        Uniform(values.AsSpan(layout.W1, m * l), 1 / Math.Sqrt(l), random);
        Uniform(values.AsSpan(layout.W2, l * m), 1 / Math.Sqrt(m), random);
        if (!zeroThresholds)
            Uniform(values.AsSpan(layout.H2, l), 1 / Math.Sqrt(l), random);
        Uniform(values.AsSpan(layout.L), Math.Sqrt(6.0 / m), random);
        return values;
    }

    /// <summary>A matrix uniform within sqrt(6 / (rows + columns)).</summary>
    public static double[] GlorotUniform(int rows, int columns, ulong seed)
    {
        double[] values = new double[rows * columns];
        Uniform(values, Math.Sqrt(6.0 / (rows + columns)), new(seed, "initial state"));
        return values;
    }

    private static Matrix<double> NormalizedPositiveDefinite(int m, RandomStream random)
    {
        Matrix<double> r = Matrix<double>.Build.Dense(m, m, (_, _) => random.NextNormal());
        Matrix<double> k = (r.TransposeThisAndMultiply(r) / m) + Matrix<double>.Build.DenseIdentity(m);
        return k / k.Evd(Symmetricity.Symmetric).EigenValues.Max(e => e.Real);
    }

    private static void Uniform(Span<double> values, double bound, RandomStream random)
    {
        foreach (ref double value in values)
            value = random.NextUniform(-bound, bound);
    }
}
