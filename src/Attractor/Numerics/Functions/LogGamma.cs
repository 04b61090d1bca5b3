namespace Attractor.Numerics;

/// <summary>The logarithm of the gamma function of a positive number.</summary>
/// <remarks>
/// Near its zeros 1 and 2 by the series of DLMF 5.7.3, log Gamma(2 + t) = (1 - gamma) t + sum_k (-t)^k (zeta(k) - 1) / k, |t| at most 1/2,
/// which keeps the relative accuracy; from 10 by Stirling's series; between, by the recurrence. MathNet's GammaLn has a relative error of
/// 1e-10 at a distance of 1e-5 from 1 and 2, of 1e-5 at 1e-10.
/// </remarks>
public static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178, OneMinusEuler = 0.42278433509846713940;

    // 1 - gamma, then (-1)^k (zeta(k) - 1) / k for k = 2, 3, ...
    private static ReadOnlySpan<double> Coefficients =>
    [
        OneMinusEuler, 0.64493406684822643647 / 2, -0.2020569031595942854 / 3, 0.082323233711138191516 / 4, -0.036927755143369926331 / 5,
        0.017343061984449139715 / 6, -0.0083492773819228268398 / 7, 0.0040773561979443393787 / 8, -0.0020083928260822144179 / 9,
        0.00099457512781808533715 / 10, -0.0004941886041194645587 / 11, 0.00024608655330804829864 / 12, -0.00012271334757848914675 / 13,
        0.000061248135058704829259 / 14, -0.000030588236307020493552 / 15, 0.000015282259408651871733 / 16, -7.6371976378997622736e-6 / 17,
        3.8172932649998398565e-6 / 18, -1.9082127165539389257e-6 / 19, 9.5396203387279611315e-7 / 20, -4.7693298678780646312e-7 / 21,
        2.3845050272773299e-7 / 22, -1.1921992596531107307e-7 / 23, 5.9608189051259479612e-8 / 24, -2.9803503514652280186e-8 / 25,
    ];

    /// <summary>log Gamma(x) for x above 0, to a few 1e-16 relative; infinity at 0 and infinity, NaN below 0.</summary>
    public static double Of(double x)
    {
        if (!(x > 0)) return x == 0 ? double.PositiveInfinity : double.NaN;
        if (x < 0.5) return OnePlus(x) - Math.Log(x);
        if (x <= 1.5) return OnePlus(x - 1);
        if (x <= 2.5) return TwoPlus(x - 2);
        if (x >= StirlingSeries.Least)
        {
            return double.IsPositiveInfinity(x) ? x : ((x - 0.5) * (Math.Log(x) - 1)) + (HalfLogTwoPi - 0.5) + StirlingSeries.Correction(x);
        }
        double product = 1;
        while (x > 2.5)
        {
            x -= 1;
            product *= x;
        }
        return Math.Log(product) + TwoPlus(x - 2);
    }

    /// <summary>log Gamma(1 + t) for |t| of at most 1/2, with the digits of t that 1 + t would lose.</summary>
    public static double OnePlus(double t) => TwoPlus(t) - Exponentials.Log1p(t);

    private static double TwoPlus(double t) => t * Polynomial.Of(Coefficients, t);
}
