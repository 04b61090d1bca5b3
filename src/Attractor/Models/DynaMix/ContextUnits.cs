namespace Attractor.Models;

/// <summary>The units in which a zero-shot model sees a context.</summary>
internal static class ContextUnits
{
    private const double LeastDeviation = 1e-6;

    /// <summary>Means, and standard deviations of samples: divided by T - 1.</summary>
    /// <param name="values">T x N.</param>
    /// <param name="n">N.</param>
    public static (double[] Mean, double[] Scale) Of(ReadOnlySpan<double> values, int n)
    {
        double[] mean = new double[n], scale = new double[n];
        int rows = values.Length / n;
        for (int t = 0; t < values.Length; t += n)
            for (int k = 0; k < n; k++)
                mean[k] += values[t + k];
        for (int k = 0; k < n; k++)
            mean[k] /= rows;
        for (int t = 0; t < values.Length; t += n)
            for (int k = 0; k < n; k++)
                scale[k] += (values[t + k] - mean[k]) * (values[t + k] - mean[k]);
        for (int k = 0; k < n; k++)
            scale[k] = Math.Max(LeastDeviation, Math.Sqrt(scale[k] / (rows - 1)));
        return (mean, scale);
    }
}
