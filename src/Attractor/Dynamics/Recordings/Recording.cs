using System.Globalization;
using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Dynamics;

/// <summary>What every estimate from a recording asks of it.</summary>
internal static class Recording
{
    public static void RequireFinite(ReadOnlySpan<double> values)
    {
        for (int t = 0; t < values.Length; t++)
            if (!double.IsFinite(values[t]))
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The value at {t} is not a finite number: take a stretch without missing values."), nameof(values));
    }

    public static void Require(TimeSeries series, int rows)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.FindNonFinite() is { } position)
            throw new ArgumentException($"The recording has {position}: take a stretch without.", nameof(series));
        if (series.Length < rows)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{series.Length} rows are too few for this estimate: it needs {rows}."),
                nameof(series));
    }

    /// <summary>The sum of the variances of all variables: the mean square distance of the points from their centre.</summary>
    public static double Variance(TimeSeries series)
    {
        double variance = 0;
        for (int c = 0; c < series.Dimension; c++)
        {
            double[] column = series.Column(c);
            double mean = column.Average();
            variance += column.Average(x => (x - mean) * (x - mean));
        }
        return variance;
    }

    /// <summary>
    /// The Fourier transform of the values about their mean, followed by zeros up to a length; and the transform, which is dear to make.
    /// </summary>
    public static Complex[] Transform(ReadOnlySpan<double> values, int length, out FourierTransform transform)
    {
        double mean = 0;
        foreach (double value in values)
            mean += value / values.Length;
        Complex[] spectrum = new Complex[length];
        for (int t = 0; t < values.Length; t++)
            spectrum[t] = values[t] - mean;
        transform = new(length);
        transform.Forward(spectrum);
        return spectrum;
    }
}
