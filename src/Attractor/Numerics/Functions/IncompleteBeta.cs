namespace Attractor.Numerics;

/// <summary>The regularised incomplete beta function: the distribution function of Beta(a, b).</summary>
/// <remarks>
/// The tail on x's side of the mean is found directly, to about 1e-13 relative as long as it does not underflow, the other as what is left;
/// MathNet's BetaRegularized has a relative error of 1e-11 from shapes of a thousand.
/// </remarks>
internal static class IncompleteBeta
{
    private const double LogTwoPi = 1.8378770664093454836;

    /// <summary>I_x(a, b) = int_0^x t^(a-1) (1-t)^(b-1) dt / B(a, b), a and b above 0, x from 0 to 1; NaN outside.</summary>
    public static double Of(double a, double b, double x)
    {
        if (!(a > 0 && b > 0 && x is >= 0 and <= 1)) return double.NaN;
        if (x is 0 or 1) return x;
        double complement = 1 - x;
        return b * x <= a * complement
            ? Density(a, b, x, complement) * BetaTail.Lower(a, b, x, complement).Mass
            : 1 - (Density(b, a, complement, x) * BetaTail.Lower(b, a, complement, x).Mass);
    }

    // x^a (1-x)^b / B(a, b), the density of log(t / (1 - t)).
    private static double Density(double a, double b, double x, double complement)
    {
        if (Math.Min(a, b) < StirlingSeries.Least) return Math.Exp((a * Math.Log(x)) + (b * Exponentials.Log1p(-x)) - LogBeta.Of(a, b));
        double total = a + b, distance = (x * b) - (a * complement);
        double fall = (a * Bend(distance / a, x * total / a)) + (b * Bend(-distance / b, complement * total / b));
        double corrections = StirlingSeries.Correction(a) + StirlingSeries.Correction(b) - StirlingSeries.Correction(total);
        return Math.Exp(fall - corrections + (0.5 * (Math.Log(a) + Math.Log(b / total) - LogTwoPi)));
    }

    // log(ratio) - excess, excess = ratio - 1.
    private static double Bend(double excess, double ratio) => excess > -0.5 ? Exponentials.LogRemainder(excess) : Math.Log(ratio) - excess;
}
