namespace Attractor.Numerics;

/// <summary>
/// Half the deviance of a Poisson count, which vanishes to second order at the mean, with the digits that subtraction would lose.
/// </summary>
/// <remarks>
/// Densities of Poisson, gamma and beta kind, and most divergences, are made of it: computed as they are usually written,
/// terms as large as a million cancel (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
/// </remarks>
internal static class Deviance
{
    // Below, products lose digits.
    private const double Least = 1e-290;

    /// <summary>x log(x / mean) + mean - x for x above 0 and a mean of at least 0.</summary>
    public static double Of(double x, double mean)
    {
        double excess = (mean - x) / x;
        if (excess is > -0.3 and < 0.4)
            return -x * Exponentials.LogRemainder(excess);
        double ratio = x / mean;
        double log = ratio > 0 && double.IsFinite(ratio) ? Math.Log(ratio) : Math.Log(x) - Math.Log(mean);
        return (x * log) + (mean - x);
    }

    /// <summary>The same of a mean that is a product, which may overflow or vanish though its logarithm does not.</summary>
    public static double Of(double x, double factor, double value)
    {
        double mean = factor * value;
        return mean >= Least ? Of(x, mean) : (x * (Math.Log(x) - Math.Log(factor) - Math.Log(value))) + (mean - x);
    }
}
