namespace Attractor.Evaluation;

/// <summary>Mean and covariance of the rows of a series.</summary>
internal static class Moments
{
    /// <param name="series">T x N, finite.</param>
    /// <returns>N means, and the N x N covariance, divided by T.</returns>
    public static (double[] Mean, double[,] Covariance) Of(TimeSeries series)
    {
        int n = series.Dimension;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => series.Column(i).Average())];
        double[,] covariance = new double[n, n];
        for (int t = 0; t < series.Length; t++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j <= i; j++)
                    covariance[i, j] += (series[t, i] - mean[i]) * (series[t, j] - mean[j]);
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = covariance[i, j] / series.Length;
        return (mean, covariance);
    }
}
