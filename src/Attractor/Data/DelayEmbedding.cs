using System.Globalization;

namespace Attractor.Data;

/// <summary>
/// Delay coordinates: one variable at m times, x(t), x(t - tau), ..., x(t - (m - 1) tau) (Packard et al. 1980; Takens 1981).
/// </summary>
public static class DelayEmbedding
{
    /// <summary>The embedding of one variable.</summary>
    /// <param name="series">T x N.</param>
    /// <param name="dimension">m, at least 1.</param>
    /// <param name="delay">tau, in rows, at least 1.</param>
    /// <param name="column">Which variable.</param>
    /// <returns>(T - (m - 1) tau) x m: row t belongs to row t + (m - 1) tau of the series.</returns>
    /// <exception cref="ArgumentException">A size is out of range, or the series too short.</exception>
    public static TimeSeries Of(TimeSeries series, int dimension, int delay, int column = 0)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delay);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, series.Dimension);
        long rows = series.Length - ((dimension - 1L) * delay);
        if (rows < 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"An embedding in {dimension} dimensions with a delay of {delay} needs more than "
                + $"{(dimension - 1L) * delay} rows, found {series.Length}."),
                nameof(series));
        }
        double[] values = new double[rows * dimension];
        for (int t = 0; t < rows; t++)
            for (int k = 0; k < dimension; k++)
                values[(t * dimension) + k] = series[t + ((dimension - 1 - k) * delay), column];
        return new(values, dimension, series.Dt, [.. Enumerable.Range(0, dimension).Select(k => Name(series.Names[column], k * delay))]);
    }

    private static string Name(string variable, int lag)
        => lag == 0 ? $"{variable}(t)" : string.Create(CultureInfo.InvariantCulture, $"{variable}(t - {lag})");
}
