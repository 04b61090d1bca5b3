namespace Attractor.Numerics;

/// <summary>What Stirling's formula leaves out: the asymptotic series in 1/x that correct it and its derivatives, from x = 10.</summary>
internal static class StirlingSeries
{
    /// <summary>Where the series reach double precision.</summary>
    public const double Least = 10;

    /// <summary>log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2), for x of at least <see cref="Least"/>; DLMF 5.11.1.</summary>
    public static double Correction(double x)
    {
        double inverse = 1 / x, z = inverse * inverse;
        return inverse * ((1.0 / 12) + (z * ((-1.0 / 360) + (z * ((1.0 / 1260) + (z * ((-1.0 / 1680) + (z * ((1.0 / 1188)
            + (z * ((-691.0 / 360360) + (z * ((1.0 / 156) + (z * (-3617.0 / 122400)))))))))))))));
    }

    /// <summary>log x - psi(x), for x of at least <see cref="Least"/>; DLMF 5.11.2.</summary>
    public static double LogMinusDigamma(double x)
    {
        double inverse = 1 / x, z = inverse * inverse;
        return (inverse / 2) + ((z / 12) - LogMinusDigammaRest(x));
    }

    /// <summary>What 1 / 2x + 1 / 12x^2 exceeds log x - psi(x) by, for x of at least <see cref="Least"/>.</summary>
    public static double LogMinusDigammaRest(double x)
    {
        double z = 1 / (x * x);
        return z * z * ((1.0 / 120) + (z * ((-1.0 / 252) + (z * ((1.0 / 240) + (z * ((-1.0 / 132)
            + (z * ((691.0 / 32760) + (z * ((-1.0 / 12) + (z * (3617.0 / 8160)))))))))))));
    }

    /// <summary>psi'(x), for x of at least <see cref="Least"/>.</summary>
    public static double Trigamma(double x)
    {
        double inverse = 1 / x, z = inverse * inverse;
        return inverse + (z / 2) + (inverse * z * ((1.0 / 6) + (z * ((-1.0 / 30) + (z * ((1.0 / 42) + (z * ((-1.0 / 30) + (z * ((5.0 / 66)
            + (z * ((-691.0 / 2730) + (z * ((7.0 / 6) + (z * (-3617.0 / 510))))))))))))))));
    }
}
