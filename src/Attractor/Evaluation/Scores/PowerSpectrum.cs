using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Evaluation;

/// <summary>The smoothed power spectrum of one variable, as <see cref="HellingerDistance"/> compares it.</summary>
/// <param name="Frequencies">T/2 + 1 frequencies from 0, in cycles per unit of time.</param>
/// <param name="Power">As many shares of the power, summing to 1; all 0 for a constant variable, NaN if a value is not finite.</param>
public sealed record PowerSpectrum(double[] Frequencies, double[] Power)
{
    /// <summary>Standard deviation of the Gaussian that smooths a spectrum, in frequency bins.</summary>
    public const double DefaultSmoothing = 20;

    private const double Truncation = 4;

    /// <summary>
    /// |rfft|^2 of the z-scored variable, smoothed by a Gaussian (cut at 4 sigma, the ends reflected, negative values
    /// clipped), normalised to sum 1.
    /// </summary>
    /// <param name="series">T x N.</param>
    /// <param name="variable">Which of the N.</param>
    /// <param name="smoothing">sigma, in frequency bins; 0 for none.</param>
    /// <exception cref="ArgumentException">The series is empty, or has no such variable.</exception>
    public static PowerSpectrum Of(TimeSeries series, int variable, double smoothing = DefaultSmoothing)
    {
        ArgumentNullException.ThrowIfNull(series);
        RequireSmoothing(smoothing);
        double[] column = series.Column(variable);
        double[] frequencies = new double[(column.Length / 2) + 1];
        for (int f = 0; f < frequencies.Length; f++)
            frequencies[f] = f / (column.Length * series.Dt);
        if (column.Length == 0)
            throw new ArgumentException("There are no rows to take a spectrum of.", nameof(series));
        return new(frequencies, Pair(new(column.Length), column, new double[column.Length], smoothing).First);
    }

    /// <summary>
    /// The spectra of two variables of equal length by one complex transform: the one is its real part, the other its imaginary part.
    /// </summary>
    internal static (double[] First, double[] Second) Pair(FourierTransform transform, double[] first, double[] second, double smoothing)
    {
        int t = first.Length, count = (t / 2) + 1;
        bool firstMoves = Standardize(first), secondMoves = Standardize(second);
        Complex[] joint = new Complex[t];
        for (int i = 0; i < t; i++)
            joint[i] = new(first[i], second[i]);
        transform.Forward(joint);
        double[] p = new double[count], q = new double[count];
        for (int f = 0; f < count; f++)
        {
            Complex z = joint[f], mirrored = Complex.Conjugate(joint[(t - f) % t]);
            p[f] = Square(z + mirrored) / 4;
            q[f] = Square(z - mirrored) / 4;
        }
        return (Normalize(p, firstMoves, smoothing), Normalize(q, secondMoves, smoothing));
    }

    internal static void RequireSmoothing(double smoothing)
    {
        if (!(smoothing >= 0 && smoothing <= 1e6))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The smoothing must be between 0 and 1e6 frequency bins.");
    }

    /// <summary>z-scores in place; false, and zeros, for a constant: its rounding errors are no spectrum.</summary>
    private static bool Standardize(double[] values)
    {
        if (values.AsSpan().Count(values[0]) == values.Length && double.IsFinite(values[0]))
        {
            Array.Clear(values);
            return false;
        }
        double mean = values.Average(), squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        double scale = Math.Sqrt(squares / values.Length);
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] - mean) / scale;
        return true;
    }

    private static double[] Normalize(double[] power, bool moves, double smoothing)
    {
        if (!moves)
            return new double[power.Length];
        double[] smooth = Smooth(power, smoothing);
        double sum = 0;
        for (int f = 0; f < smooth.Length; f++)
            sum += smooth[f] = Math.Max(smooth[f], 0);
        for (int f = 0; f < smooth.Length; f++)
            smooth[f] /= sum;
        return smooth;
    }

    /// <summary>
    /// Gaussian filter of standard deviation sigma, cut at radius 4 sigma, with the ends reflected as d c b a | a b c d | d c b a.
    /// </summary>
    private static double[] Smooth(double[] values, double sigma)
    {
        int radius = (int)((Truncation * sigma) + 0.5), n = values.Length;
        double[] weights = new double[radius + 1];
        for (int j = 0; j <= radius; j++)
            weights[j] = j == 0 ? 1 : Math.Exp(-0.5 * j * j / (sigma * sigma));
        double total = (2 * weights.Sum()) - weights[0];

        double[] padded = new double[n + (2 * radius)], smooth = new double[n];
        for (int i = 0; i < padded.Length; i++)
        {
            int phase = (((i - radius) % (2 * n)) + (2 * n)) % (2 * n);
            padded[i] = values[phase < n ? phase : (2 * n) - 1 - phase];
        }
        int start = 0;
        for (; start + Vector<double>.Count <= n; start += Vector<double>.Count)
        {
            int centre = start + radius;
            Vector<double> sum = new Vector<double>(padded, centre) * weights[0];
            for (int j = 1; j <= radius; j++)
                sum += (new Vector<double>(padded, centre - j) + new Vector<double>(padded, centre + j)) * weights[j];
            (sum / new Vector<double>(total)).CopyTo(smooth, start);
        }
        for (; start < n; start++)
        {
            double sum = padded[start + radius] * weights[0];
            for (int j = 1; j <= radius; j++)
                sum += (padded[start + radius - j] + padded[start + radius + j]) * weights[j];
            smooth[start] = sum / total;
        }
        return smooth;
    }

    private static double Square(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
}
