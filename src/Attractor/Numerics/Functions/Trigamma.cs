namespace Attractor.Numerics;

/// <summary>psi'(x), the second derivative of log Gamma(x), of a positive number.</summary>
internal static class Trigamma
{
    /// <summary>psi'(x) for x above 0, to about 1e-15 relative; infinity at 0, NaN below.</summary>
    public static double Of(double x)
    {
        if (!(x > 0)) return x == 0 ? double.PositiveInfinity : double.NaN;
        double shifts = 0;
        for (; x < StirlingSeries.Least; x++) shifts += 1 / (x * x);
        return shifts + StirlingSeries.Trigamma(x);
    }
}
