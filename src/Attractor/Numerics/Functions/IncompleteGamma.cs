namespace Attractor.Numerics;

/// <summary>The regularised incomplete gamma functions: the distribution function of Gamma(a, rate 1), and what it leaves.</summary>
/// <remarks>
/// The smaller tail is found directly, to about 1e-13 relative as long as it does not underflow, the other as what is left.
/// MathNet's GammaLowerRegularized takes every x below 1e-15 for 0, which for small a is wrong altogether: P(0.008, 2e-16) is 0.76.
/// </remarks>
internal static class IncompleteGamma
{
    private const double LogTwoPi = 1.8378770664093454836;

    /// <summary>P(a, x) = int_0^x t^(a-1) e^-t dt / Gamma(a), a above 0, x of at least 0; NaN outside.</summary>
    public static double P(double a, double x)
    {
        if (!(a > 0 && x >= 0)) return double.NaN;
        if (x == 0) return 0;
        if (double.IsPositiveInfinity(x)) return 1;
        return GammaTail.IsLower(a, x) ? Lower(a, x) : 1 - Upper(a, x);
    }

    /// <summary>Q(a, x) = 1 - P(a, x).</summary>
    public static double Q(double a, double x)
    {
        if (!(a > 0 && x >= 0)) return double.NaN;
        if (x == 0) return 1;
        if (double.IsPositiveInfinity(x)) return 0;
        if (!GammaTail.IsLower(a, x)) return Upper(a, x);
        double lower = Lower(a, x);
        return lower < 0.75 ? 1 - lower : UpperOfSmallShape(a, x);
    }

    private static double Lower(double a, double x) => Density(a, x) * GammaTail.Lower(a, x, Math.Log(x)).Mass;

    private static double Upper(double a, double x) => Density(a, x) * GammaTail.Upper(a, x, Math.Log(x)).Mass;

    // x^a e^-x / Gamma(a), the density of log t.
    private static double Density(double a, double x)
    {
        if (a < StirlingSeries.Least)
        {
            // Below 1/2, a / Gamma(a + 1) keeps the digits of a.
            return a < 0.5 ? a * Math.Exp((a * Math.Log(x)) - x - LogGamma.OnePlus(a)) : Math.Exp((a * Math.Log(x)) - x - LogGamma.Of(a));
        }
        double excess = (x - a) / a;
        double fall = excess > -0.5 ? Exponentials.LogRemainder(excess) : Math.Log(x / a) - excess;
        return Math.Exp((a * fall) - StirlingSeries.Correction(a) + (0.5 * (Math.Log(a) - LogTwoPi)));
    }

    // 1 - P where P is near 1 though x is below 1: P = x^a / Gamma(a + 1) (1 + a sum_n (-x)^n / ((a + n) n!)), DLMF 8.7.1, its two
    // departures from 1 taken apart.
    private static double UpperOfSmallShape(double a, double x)
    {
        double exponent = (a * Math.Log(x)) - LogGamma.OnePlus(a);
        double power = 1, sum = 0;
        for (double n = 1; Math.Abs(power) > 1e-18; n++)
        {
            power *= -x / n;
            sum += power / (a + n);
        }
        return -Exponentials.Expm1(exponent) - (Math.Exp(exponent) * a * sum);
    }
}
