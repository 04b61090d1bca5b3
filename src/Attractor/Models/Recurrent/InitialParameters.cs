using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Models;

/// <summary>The published initial parameters.</summary>
/// <remarks>
/// K = R'R / M + I with R standard normal, divided by its largest eigenvalue (Talathi and Vartak 2015). A is the diagonal of K.
/// PLRNN: W is the rest of K, h = 0. Shallow PLRNN: W1 is uniform within 1 / sqrt(L), W2 within 1 / sqrt(M), h1 = 0;
/// h2 is 0 (shallow) or uniform within 1 / sqrt(L) (clipped) (Hess et al. 2023). Almost-linear network: W is normal of standard deviation
/// 0.01, its diagonal included (Brenner et al. 2024). Dendritic network: as the PLRNN, alpha uniform within 1 / sqrt(B), H standard normal
/// until data place it (Brenner et al. 2022). The initial-state map is Glorot-uniform.
/// </remarks>
internal static class InitialParameters
{
    public static double[] Draw(PlrnnLayout layout, ulong seed)
    {
        (int n, int m) = (layout.Observed, layout.Latent);
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

    /// <summary>Those of a dendritic network: what a PLRNN has, then alpha and H.</summary>
    public static double[] DrawDendritic(PlrnnLayout layout, ulong seed)
    {
        double[] plain = Draw(layout with { Bases = 0 }, seed), values = new double[layout.L + plain.Length - layout.Slopes];
        plain.AsSpan(0, layout.Slopes).CopyTo(values);
        plain.AsSpan(layout.Slopes).CopyTo(values.AsSpan(layout.L));
        RandomStream random = new(seed, "bases");
        Uniform(values.AsSpan(layout.Slopes, layout.Bases), 1 / Math.Sqrt(layout.Bases), random);
        foreach (ref double threshold in values.AsSpan(layout.Thresholds, layout.L - layout.Thresholds))
            threshold = random.NextNormal();
        return values;
    }

    /// <summary>A and W of an almost-linear network.</summary>
    public static (double[] A, double[] W) AlmostLinear(int m, ulong seed)
    {
        const double deviation = 0.01;
        RandomStream random = new(seed, "parameters");
        Matrix<double> k = NormalizedPositiveDefinite(m, random);
        double[] w = new double[m * m];
        foreach (ref double weight in w.AsSpan())
            weight = deviation * random.NextNormal();
        return (k.Diagonal().ToArray(), w);
    }

    /// <summary>Values uniform within an interval.</summary>
    public static double[] Uniform(int count, double least, double most, ulong seed)
    {
        RandomStream random = new(seed, "thresholds");
        double[] values = new double[count];
        foreach (ref double value in values.AsSpan())
            value = random.NextUniform(least, most);
        return values;
    }

    /// <summary>A matrix uniform within sqrt(6 / (rows + columns)).</summary>
    public static double[] GlorotUniform(int rows, int columns, ulong seed, string purpose)
    {
        double[] values = new double[rows * columns];
        Uniform(values, Math.Sqrt(6.0 / (rows + columns)), new(seed, purpose));
        return values;
    }

    /// <summary>A matrix of normal numbers of standard deviation sqrt(2 / columns) (He, Zhang, Ren and Sun, ICCV 2015).</summary>
    public static double[] KaimingNormal(int rows, int columns, ulong seed)
    {
        RandomStream random = new(seed, "observation");
        double[] values = new double[rows * columns];
        foreach (ref double value in values.AsSpan())
            value = Math.Sqrt(2.0 / columns) * random.NextNormal();
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
