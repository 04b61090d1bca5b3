namespace Attractor.Learning;

/// <summary>The tail of importance ratios.</summary>
public static class ParetoShape
{
    /// <summary>
    /// k-hat, the shape of a generalised Pareto distribution fitted to the largest importance ratios (Vehtari, Simpson, Gelman, Yao and
    /// Gabry, "Pareto smoothed importance sampling", JMLR 2024): the ratios have 1 / k moments. Fitted to the largest min(n / 5, 3 sqrt n)
    /// ratios, with the weak prior that draws small samples towards 0.5.
    /// </summary>
    /// <param name="logRatios">log p - log q at draws from q, up to a constant; 25 at least.</param>
    /// <returns>k-hat; minus infinity where the largest ratios are all equal, infinity where one is not a number.</returns>
    /// <exception cref="ArgumentException">There are too few.</exception>
    public static double OfLogRatios(ReadOnlySpan<double> logRatios)
    {
        if (logRatios.Length < 25)
            throw new ArgumentException(
                $"The tail of {logRatios.Length} ratios cannot be told; there should be 25 and more.", nameof(logRatios));
        double[] sorted = logRatios.ToArray();
        Array.Sort(sorted);
        if (double.IsNaN(sorted[0]) || double.IsPositiveInfinity(sorted[^1]))
            return double.PositiveInfinity;
        int n = sorted.Length, tail = (int)Math.Min(n / 5, Math.Ceiling(3 * Math.Sqrt(n)));
        double largest = sorted[^1], cutoff = Math.Exp(sorted[n - tail - 1] - largest);
        double[] excesses = new double[tail];
        for (int i = 0; i < tail; i++)
            excesses[i] = Math.Exp(sorted[n - tail + i] - largest) - cutoff;
        // Ratios that differ by rounding alone have no tail.
        return excesses[^1] <= 1e-13 ? double.NegativeInfinity : OfExcesses(excesses);
    }

    /// <summary>
    /// The shape of a generalised Pareto distribution, from sorted excesses above its threshold (Zhang and Stephens, Technometrics 2009).
    /// </summary>
    internal static double OfExcesses(ReadOnlySpan<double> sorted)
    {
        int n = sorted.Length, grid = 30 + (int)Math.Sqrt(n);
        double quartile = sorted[(int)Math.Floor((n / 4.0) + 0.5) - 1], largest = sorted[^1];
        double[] theta = new double[grid], logLikelihood = new double[grid];
        for (int j = 0; j < grid; j++)
        {
            theta[j] = (1 / largest) + ((1 - Math.Sqrt(grid / (j + 0.5))) / (3 * quartile));
            double k = Shape(sorted, theta[j]);
            logLikelihood[j] = n * (Math.Log(-theta[j] / k) - k - 1);
        }
        double mean = 0;
        for (int j = 0; j < grid; j++)
        {
            double sum = 0;
            foreach (double other in logLikelihood)
                sum += Math.Exp(other - logLikelihood[j]);
            mean += theta[j] / sum;
        }
        // The prior is worth ten excesses of shape 0.5.
        return ((n * Shape(sorted, mean)) + (10 * 0.5)) / (n + 10);
    }

    private static double Shape(ReadOnlySpan<double> excesses, double theta)
    {
        double sum = 0;
        foreach (double x in excesses)
            sum += MathNet.Numerics.SpecialFunctions.Log1p(-theta * x);
        return sum / excesses.Length;
    }
}
