namespace Attractor.Data;

/// <summary>The affine map of each variable to mean 0 and standard deviation 1, and back.</summary>
/// <param name="Mean">N means.</param>
/// <param name="Scale">N standard deviations (population, as NumPy's <c>std</c>).</param>
public sealed record Standardization(IReadOnlyList<double> Mean, IReadOnlyList<double> Scale)
{
    // What a model takes as it is: data of order one, such as standardised ones that lost a part, or a variable of a map.
    private const double LargestMean = 1, SmallestScale = 0.1, LargestScale = 3;

    /// <summary>
    /// Whether no variable has a mean beyond -1 to 1 or a standard deviation beyond 0.1 to 3: to a model that is no other data than
    /// standardised ones.
    /// </summary>
    public bool IsNearIdentity
        => Mean.All(m => Math.Abs(m) <= LargestMean) && Scale.All(s => s is >= SmallestScale and <= LargestScale);

    /// <summary>The way back as a map of the same form: z to mean + scale * z.</summary>
    public Standardization Inverse => new([.. Mean.Select((m, n) => -m / Scale[n])], [.. Scale.Select(s => 1 / s)]);

    /// <summary>
    /// sum_n ln scale_n, nats: what the log density of a row of standardised variables has more than that of the row in its own units.
    /// </summary>
    public double LogScale => Scale.Sum(s => Math.Log(s));

    /// <summary>
    /// The map of variables to mean 0 and standard deviation 1 over all recordings together; missing values do not count, and a variable
    /// that is constant or never there keeps its scale.
    /// </summary>
    /// <param name="trials">Recordings of the same variables.</param>
    /// <exception cref="ArgumentException">There are none, or they differ in their number of variables.</exception>
    /// <exception cref="InvalidDataException">A variable holds an infinite value.</exception>
    public static Standardization Of(IReadOnlyList<TimeSeries> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There is no series to standardise by.", nameof(trials));
        int dimension = trials[0].Dimension;
        if (trials.FirstOrDefault(t => t.Dimension != dimension) is { } other)
            throw new ArgumentException($"Expected series of {dimension} variables, found {other.Dimension}.", nameof(trials));
        TimeSeries all = trials.Count == 1 ? trials[0] : new([.. trials.SelectMany(t => t.Values.ToArray())], dimension);
        return Of([.. Enumerable.Range(0, dimension).Select(n => ColumnMoments.Of(all, n))]);
    }

    /// <summary>The same of rows that need not be in memory; the same bits as of a series of them.</summary>
    /// <param name="rows">Rows without infinite values.</param>
    public static Standardization OfRows(IRowSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(ColumnMoments.Of(rows));
    }

    private static Standardization Of(ColumnMoments[] moments)
        => new(
            [.. moments.Select(m => m.Mean)],
            [.. moments.Select(m => !m.IsConstant && m.Deviation > 0 && double.IsFinite(m.Deviation) ? m.Deviation : 1)]);

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

    /// <summary>(x - mean) / scale of rows of N values; the spans may be the same.</summary>
    internal void Apply(ReadOnlySpan<double> rows, Span<double> result)
    {
        for (int i = 0; i < rows.Length; i++)
            result[i] = (rows[i] - Mean[i % Mean.Count]) / Scale[i % Scale.Count];
    }

    /// <summary>mean + scale * x of rows of N values, in place.</summary>
    internal void Undo(Span<double> rows)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = Mean[i % Mean.Count] + (Scale[i % Scale.Count] * rows[i]);
    }

    /// <summary>(x - mean) / scale of rows of N values in float32, as a copy.</summary>
    internal float[] Apply(ReadOnlySpan<float> rows)
    {
        float[] result = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            result[i] = (float)((rows[i] - Mean[i % Mean.Count]) / Scale[i % Scale.Count]);
        return result;
    }

    /// <summary>The sum of ln scale over all values of a series that are there.</summary>
    internal double LogScaleOf(TimeSeries series)
    {
        double[] logs = [.. Scale.Select(s => Math.Log(s))];
        double sum = 0;
        for (int i = 0; i < series.Values.Length; i++)
            sum += double.IsNaN(series.Values[i]) ? 0 : logs[i % logs.Length];
        return sum;
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

    /// <exception cref="ArgumentException">It is not of so many variables, a mean is not finite or a scale not positive.</exception>
    internal void Require(int variables, string? parameter = null)
    {
        if (Mean.Count != variables || Scale.Count != variables)
            throw new ArgumentException(
                $"Expected the means and scales of {variables} observed variables, found {Mean.Count} and {Scale.Count}.", parameter);
        if (!Mean.All(double.IsFinite) || !Scale.All(scale => scale > 0 && double.IsFinite(scale)))
            throw new ArgumentException("Means must be finite and scales positive.", parameter);
    }

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
