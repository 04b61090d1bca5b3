using System.Globalization;
using Attractor.Data;

namespace Attractor.Reports;

/// <summary>Counts or levels of all variables over time, the observed beside the generated, in the same shades.</summary>
public static class RasterFigures
{
    private const int MostRows = 600, MostVariables = 200, Tall = 160;

    /// <summary>A raster of the first rows of each: a line for each variable, the darker the more.</summary>
    /// <param name="truth">T x N.</param>
    /// <param name="generated">Any length, N variables.</param>
    public static IEnumerable<Element> Of(TimeSeries truth, TimeSeries generated)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(generated);
        double[] values = [.. truth.Values.ToArray().Where(double.IsFinite)];
        (double least, double most) = values.Length > 0 ? (values.Min(), Shade(values)) : (0, 1);
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"A line for each variable, from left to right {Math.Min(truth.Length, MostRows)} rows; white is {least:G4}, black {most:G4} "
            + $"and more.");
        yield return new Picture("Observed", caption, Raster(truth, least, most));
        yield return new Picture("Generated", "The same of the model's free run.", Raster(generated, least, most));
    }

    // Rare bursts leave the rest in sight.
    private static double Shade(double[] values)
    {
        const double quantile = 0.995;
        double[] sorted = [.. values.Order()];
        double shade = sorted[(int)(quantile * (sorted.Length - 1))];
        return shade > sorted[0] ? shade : sorted[^1];
    }

    private static Raster Raster(TimeSeries series, double least, double most)
    {
        int rows = Math.Min(series.Length, MostRows), variables = Math.Min(series.Dimension, MostVariables);
        // Lines are to be told apart.
        int height = Math.Max(1, Tall / variables);
        byte[] samples = new byte[variables * height * rows];
        double range = most > least ? most - least : 1;
        for (int n = 0; n < variables; n++)
            for (int t = 0; t < rows; t++)
            {
                double value = series[t, n];
                double share = double.IsFinite(value) ? Math.Clamp((value - least) / range, 0, 1) : 0.5;
                byte grey = (byte)Math.Round(255 * (1 - share));
                for (int k = 0; k < height; k++)
                    samples[(((n * height) + k) * rows) + t] = grey;
            }
        return new(samples, variables * height, rows);
    }
}
