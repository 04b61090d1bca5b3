using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Dynamics;

/// <summary>The autocorrelation of a recording, by the fast Fourier transform.</summary>
public static class Autocorrelation
{
    /// <summary>r(l) = sum_t (x_t - mean)(x_{t+l} - mean) / sum_t (x_t - mean)^2 for l = 0 .. lags.</summary>
    /// <param name="values">T finite values.</param>
    /// <param name="lags">The largest lag, below T.</param>
    /// <exception cref="ArgumentException">The lag is out of range, or a value is not finite.</exception>
    public static double[] Of(ReadOnlySpan<double> values, int lags)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lags, values.Length);
        Recording.RequireFinite(values);
        // Zeros behind the values keep the end from meeting the beginning.
        int padded = (int)BitOperations.RoundUpToPowerOf2((uint)(values.Length + lags));
        Complex[] spectrum = Recording.Transform(values, padded, out FourierTransform transform);
        for (int f = 0; f < padded; f++)
            spectrum[f] = (spectrum[f].Real * spectrum[f].Real) + (spectrum[f].Imaginary * spectrum[f].Imaginary);
        transform.Forward(spectrum);
        double variance = spectrum[0].Real;
        double[] result = new double[lags + 1];
        for (int lag = 0; lag <= lags; lag++)
            result[lag] = variance > 0 ? spectrum[lag].Real / variance : lag == 0 ? 1 : 0;
        return result;
    }

    /// <summary>The first lag at which the autocorrelation is at or below a level such as 1/e or 0; null if there is none.</summary>
    public static int? FirstBelow(IReadOnlyList<double> autocorrelation, double level)
    {
        ArgumentNullException.ThrowIfNull(autocorrelation);
        for (int lag = 0; lag < autocorrelation.Count; lag++)
            if (autocorrelation[lag] <= level)
                return lag;
        return null;
    }
}
