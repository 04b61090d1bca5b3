using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>
/// D_H: the Hellinger distance between the power spectra of the true and the generated variables, their mean. 0 for equal
/// spectra, 1 for disjoint ones (Mikhaeil et al., NeurIPS 2022; Hess et al., ICML 2023).
/// </summary>
public static class HellingerDistance
{
    /// <summary>
    /// The mean over the variables of |sqrt p - sqrt q| / sqrt 2 = sqrt(1 - sum sqrt(p q)), p and q the smoothed
    /// <see cref="PowerSpectrum"/> of the two; the longer series is cut to the shorter.
    /// </summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length, N variables.</param>
    /// <param name="smoothing">sigma, in frequency bins.</param>
    /// <returns>
    /// NaN if a value is not finite. A constant has no power: its distance is 1 from any variable that moves, 0 from another constant.
    /// </returns>
    /// <exception cref="ArgumentException">The dimensions differ, or a series is empty.</exception>
    public static double Between(TimeSeries truth, TimeSeries generated, double smoothing = PowerSpectrum.DefaultSmoothing)
    {
        ComparedRows.RequireSameDimension(truth, generated);
        PowerSpectrum.RequireSmoothing(smoothing);
        int length = Math.Min(truth.Length, generated.Length);
        if (length == 0)
            throw new ArgumentException("There are no rows to compare.");
        if (!ComparedRows.IsFinite(truth.Values[..(length * truth.Dimension)])
            || !ComparedRows.IsFinite(generated.Values[..(length * truth.Dimension)]))
            return double.NaN;
        FourierTransform transform = new(length);
        double sum = 0;
        for (int n = 0; n < truth.Dimension; n++)
        {
            (double[] p, double[] q) = PowerSpectrum.Pair(transform, truth.Column(n)[..length], generated.Column(n)[..length], smoothing);
            sum += Distance(p, q);
        }
        return sum / truth.Dimension;
    }

    /// <summary>
    /// The rows below which little is left of a spectrum that is smoothed: its T / 2 frequencies are to hold 25 standard deviations of the
    /// Gaussian.
    /// </summary>
    internal static int FewestRows(double smoothing) => (int)Math.Ceiling(50 * smoothing);

    private static double Distance(double[] p, double[] q)
    {
        if (HasPower(p) != HasPower(q))
            return 1;
        double squares = 0;
        for (int f = 0; f < p.Length; f++)
        {
            double difference = Math.Sqrt(p[f]) - Math.Sqrt(q[f]);
            squares += difference * difference;
        }
        return Math.Sqrt(squares / 2);
    }

    private static bool HasPower(double[] spectrum) => spectrum.AsSpan().ContainsAnyExcept(0.0);
}
