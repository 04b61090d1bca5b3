namespace Attractor.Numerics;

/// <summary>The logarithm of the beta function, B(a, b) = Gamma(a) Gamma(b) / Gamma(a + b).</summary>
/// <remarks>
/// From 10 the large parts of log Gamma are cancelled on paper, as DiDonato and Morris 1992 (ACM TOMS 708) do, so that a = 1e10, b = 1/2
/// keeps its digits, of which MathNet's BetaLn loses ten. Where B is near 1 the error of a few 1e-15 is absolute.
/// </remarks>
internal static class LogBeta
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>log B(a, b) for a and b above 0; infinity where one is 0, minus infinity where one is infinite, NaN below 0.</summary>
    public static double Of(double a, double b)
    {
        if (!(a >= 0 && b >= 0)) return double.NaN;
        (double small, double large) = a < b ? (a, b) : (b, a);
        if (small == 0) return double.IsPositiveInfinity(large) ? double.NaN : double.PositiveInfinity;
        if (double.IsPositiveInfinity(large)) return double.NegativeInfinity;
        if (large < StirlingSeries.Least) return LogGamma.Of(small) + (LogGamma.Of(large) - LogGamma.Of(small + large));

        double corrections = StirlingSeries.Correction(large) - StirlingSeries.Correction(small + large);
        double shrinkage = (large - 0.5) * Exponentials.Log1p(small / large);
        if (small < StirlingSeries.Least) return LogGamma.Of(small) + (corrections - shrinkage - (small * (Math.Log(small + large) - 1)));
        double odds = small / large;
        return HalfLogTwoPi - (0.5 * Math.Log(small)) + (StirlingSeries.Correction(small) + corrections)
            - shrinkage + (small * (Math.Log(odds) - Exponentials.Log1p(odds)));
    }
}
