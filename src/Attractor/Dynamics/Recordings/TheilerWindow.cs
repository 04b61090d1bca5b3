using System.Numerics;

namespace Attractor.Dynamics;

/// <summary>
/// How far apart in time two points must be before their distance says something of the attractor rather than of the sampling:
/// J. Theiler, "Spurious dimension from correlation algorithms applied to limited time-series data", Phys. Rev. A 34 (1986).
/// </summary>
public static class TheilerWindow
{
    /// <summary>
    /// The mean period in rows, at least 1: the reciprocal of the mean frequency of the power spectrum, as M. T. Rosenstein, J. J.
    /// Collins and C. J. De Luca choose it (Physica D 65, 1993).
    /// </summary>
    /// <param name="values">T finite values.</param>
    public static int MeanPeriod(ReadOnlySpan<double> values)
    {
        Recording.RequireFinite(values);
        int length = values.Length;
        if (length < 4)
            return 1;
        Complex[] spectrum = Recording.Transform(values, length, out _);
        double power = 0, weighted = 0;
        for (int f = 1; f <= length / 2; f++)
        {
            double p = (spectrum[f].Real * spectrum[f].Real) + (spectrum[f].Imaginary * spectrum[f].Imaginary);
            power += p;
            weighted += p * f;
        }
        return weighted > 0 ? (int)Math.Clamp(Math.Round(length * power / weighted), 1, length / 4) : 1;
    }
}
