namespace Attractor.Data;

/// <summary>The affine map of each variable to mean 0 and standard deviation 1, and back.</summary>
/// <param name="Mean">N means.</param>
/// <param name="Scale">N standard deviations (population, as NumPy's <c>std</c>).</param>
public sealed record Standardization(IReadOnlyList<double> Mean, IReadOnlyList<double> Scale)
{
    /// <summary>(x - mean) / scale, variable by variable.</summary>
    /// <remarks>
    /// The result remembers how to go back to the units of the original data: if <paramref name="series"/> was itself standardised,
    /// its <see cref="TimeSeries.Standardization"/> and this one are composed.
    /// </remarks>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Apply(TimeSeries series)
    {
        Check(series);
        double[] values = new double[series.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int n = i % series.Dimension;
            values[i] = (series.Values[i] - Mean[n]) / Scale[n];
        }
        return series.With(values, After(series.Standardization));
    }

    /// <summary>mean + scale * x, variable by variable; the result counts as not standardised.</summary>
    /// <exception cref="ArgumentException">The series has another number of variables.</exception>
    public TimeSeries Undo(TimeSeries series)
    {
        Check(series);
        double[] values = new double[series.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int n = i % series.Dimension;
            values[i] = Mean[n] + (Scale[n] * series.Values[i]);
        }
        return series.With(values, null);
    }

    /// <summary>The map of the variables at <paramref name="columns"/>.</summary>
    internal Standardization Select(ReadOnlySpan<int> columns)
    {
        double[] mean = new double[columns.Length], scale = new double[columns.Length];
        for (int i = 0; i < columns.Length; i++)
            (mean[i], scale[i]) = (Mean[columns[i]], Scale[columns[i]]);
        return new(mean, scale);
    }

    // x = m1 + s1 * (m2 + s2 * z): the map that undoes both at once.
    private Standardization After(Standardization? first) => first is null
        ? this
        : new(
            [.. Mean.Select((mean, n) => first.Mean[n] + (first.Scale[n] * mean))],
            [.. Scale.Select((scale, n) => first.Scale[n] * scale)]);

    private void Check(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (Mean.Count != series.Dimension || Scale.Count != series.Dimension)
        {
            throw new ArgumentException(
                $"Expected a series of {Mean.Count} variables, as the standardisation was made for; found {series.Dimension}.",
                nameof(series));
        }
    }
}
