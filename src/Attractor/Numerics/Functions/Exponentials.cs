namespace Attractor.Numerics;

/// <summary>Exponentials and logarithms near 1, without the loss of writing them out.</summary>
internal static class Exponentials
{
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>log(1 + x) for x above -1; minus infinity at -1, NaN below.</summary>
    /// <remarks>
    /// What the rounding of 1 + x left out is put back to first order, as Kahan does, to one unit in the last place; MathNet's Log1p is as
    /// right and four times slower, the platform's <see cref="double.LogP1"/> has no digits at all below 1e-16.
    /// </remarks>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        if (sum == 1) return x;
        if (sum == 0 || double.IsPositiveInfinity(sum)) return Math.Log(sum);
        return Math.Log(sum) - (((sum - 1) - x) / sum);
    }

    /// <summary>e^x - 1.</summary>
    /// <remarks>
    /// MathNet's Expm1 has a relative error of 2e-7 about |x| = 0.07, the platform's
    /// <see cref="double.ExpM1"/> no digits at all below 1e-16.
    /// </remarks>
    public static double Expm1(double x) => Math.Abs(x) > 0.5 ? Math.Exp(x) - 1 : x + ExponentialRemainder(x);

    /// <summary>log(1 - e^x) for x below 0; minus infinity at 0, NaN above.</summary>
    /// <remarks>Mächler 2012, "Accurately computing log(1 - exp(-|a|))": which of two forms keeps its digits turns at -log 2.</remarks>
    public static double Log1mExp(double x) => x > -LogTwo ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    /// <summary>e^x - 1 - x, to full relative accuracy about 0.</summary>
    public static double ExponentialRemainder(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1 - x;
        return x * x
            * (0.5 + (x * ((1.0 / 6) + (x * ((1.0 / 24) + (x * ((1.0 / 120) + (x * ((1.0 / 720) + (x * ((1.0 / 5040) + (x * ((1.0 / 40320)
                + (x * ((1.0 / 362880) + (x * ((1.0 / 3628800) + (x * ((1.0 / 39916800) + (x * ((1.0 / 479001600) + (x * ((1.0 / 6227020800)
                + (x * ((1.0 / 87178291200) + (x * (1.0 / 1307674368000)))))))))))))))))))))))))));
    }

    /// <summary>log(1 + x) - x, to full relative accuracy about 0.</summary>
    /// <remarks>Near 0 by log(1 + x) = 2 artanh r, r = x / (2 + x), of which 2r - x = -r x is taken on paper.</remarks>
    public static double LogRemainder(double x)
    {
        if (x is < -0.3 or > 0.4) return Math.Log(1 + x) - x;
        double r = x / (2 + x), z = r * r;
        return r * ((2 * z * ((1.0 / 3) + (z * ((1.0 / 5) + (z * ((1.0 / 7) + (z * ((1.0 / 9) + (z * ((1.0 / 11) + (z * ((1.0 / 13)
            + (z * ((1.0 / 15) + (z * ((1.0 / 17) + (z * ((1.0 / 19) + (z / 21))))))))))))))))))) - x);
    }
}
