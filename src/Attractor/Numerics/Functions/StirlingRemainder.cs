namespace Attractor.Numerics;

/// <summary>S(x) = log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2) of any positive x, and its derivatives.</summary>
/// <remarks>Where gamma functions of large arguments nearly cancel, what remains is a few logarithms and these.</remarks>
internal static class StirlingRemainder
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>S(x).</summary>
    public static double Of(double x)
        => x >= StirlingSeries.Least ? StirlingSeries.Correction(x) : LogGamma.Of(x) - ((x - 0.5) * Math.Log(x)) + x - HalfLogTwoPi;

    /// <summary>S'(x) = psi(x) - log x + 1 / 2x.</summary>
    public static double First(double x)
    {
        if (x < StirlingSeries.Least)
            return Digamma.Of(x) - Math.Log(x) + (0.5 / x);
        double inverse = 1 / x, z = inverse * inverse;
        return -z * ((1.0 / 12) + (z * ((-1.0 / 120) + (z * ((1.0 / 252) + (z * ((-1.0 / 240) + (z * ((1.0 / 132)
            + (z * ((-691.0 / 32760) + (z * ((1.0 / 12) - (z * (3617.0 / 8160)))))))))))))));
    }

    /// <summary>S''(x) = psi'(x) - 1 / x - 1 / 2x^2.</summary>
    public static double Second(double x)
    {
        if (x < StirlingSeries.Least)
            return Trigamma.Of(x) - (1 / x) - (0.5 / (x * x));
        double inverse = 1 / x, z = inverse * inverse;
        return z * inverse * ((1.0 / 6) + (z * ((-1.0 / 30) + (z * ((1.0 / 42) + (z * ((-1.0 / 30) + (z * ((5.0 / 66)
            + (z * ((-691.0 / 2730) + (z * ((7.0 / 6) - (z * (3617.0 / 510)))))))))))))));
    }

    /// <summary>psi(x + 1/2) - psi(x) - 1 / 2x, which falls as 1 / 8x^2.</summary>
    public static double HalfStepOfDigamma(double x)
        => (0.25 / (x * (x + 0.5))) + Exponentials.LogRemainder(0.5 / x) + (First(x + 0.5) - First(x));

    /// <summary>log Gamma(other) - log Gamma(x) - (other - x) psi(x), less its part Deviance(other, x): at least 0 with it.</summary>
    public static double Divergence(double other, double x)
        => (0.5 * Deviance.Of(x, other) / x) + (Of(other) - Of(x) - ((other - x) * First(x)));
}
