using Attractor.Data;

namespace Attractor;

/// <summary>
/// T x N values in row-major order, float64: row t holds the N variables observed at time t * <see cref="Dt"/>.
/// </summary>
/// <remarks>Immutable. A missing value is a NaN.</remarks>
public sealed partial class TimeSeries
{
    private readonly double[] _values;

    /// <summary>A series from its values.</summary>
    /// <param name="values">T * N values, row-major; the series takes ownership of the array.</param>
    /// <param name="dimension">N, the number of variables.</param>
    /// <param name="dt">Time between two rows.</param>
    /// <param name="names">The N names of the variables; x1, x2, ... if absent.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of rows, or the names are not N.</exception>
    public TimeSeries(double[] values, int dimension, double dt = 1, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (!(dt > 0) || !double.IsFinite(dt))
            throw new ArgumentOutOfRangeException(nameof(dt), dt, "The time step must be a positive number.");
        if (values.Length % dimension != 0)
            throw new ArgumentException($"{values.Length} values are not a whole number of rows of {dimension}.", nameof(values));
        if (names is not null && names.Count != dimension)
            throw new ArgumentException($"Expected {dimension} names, found {names.Count}.", nameof(names));
        _values = values;
        Dimension = dimension;
        Dt = dt;
        Names = names ?? [.. Enumerable.Range(1, dimension).Select(n => $"x{n}")];
    }

    /// <summary>T, the number of rows.</summary>
    public int Length => _values.Length / Dimension;

    /// <summary>N, the number of variables.</summary>
    public int Dimension { get; }

    /// <summary>Time between two rows.</summary>
    public double Dt { get; }

    /// <summary>The N names of the variables.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How the series was standardised, if it was: what <see cref="Data.Standardization.Undo(TimeSeries)"/> needs.</summary>
    public Standardization? Standardization { get; init; }

    /// <summary>
    /// What drives the system from outside, s_t beside x_t: T x K, in the inputs' own units; null where nothing does. Not among the N
    /// variables. A slice keeps its rows.
    /// </summary>
    /// <exception cref="ArgumentException">Set to a series of another number of rows.</exception>
    public TimeSeries? Inputs
    {
        get;
        init => field = value is null || value.Length == Length
            ? value
            : throw new ArgumentException($"Expected inputs of {Length} rows as the series, found {value.Length}.", nameof(value));
    }

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The same, as what they are kept in; nobody changes it.</summary>
    internal double[] Array => _values;

    /// <summary>Variable n at row t.</summary>
    public double this[int t, int n] => _values[(t * Dimension) + n];

    /// <summary>Row t: N values.</summary>
    public ReadOnlySpan<double> Row(int t) => _values.AsSpan(t * Dimension, Dimension);

    /// <summary>A copy of variable n over time: T values.</summary>
    public double[] Column(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(n, Dimension);
        double[] column = new double[Length];
        for (int t = 0; t < column.Length; t++)
            column[t] = _values[(t * Dimension) + n];
        return column;
    }

    /// <summary>Rows start .. start + length - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the series.</exception>
    public TimeSeries Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new(_values.AsSpan(start * Dimension, length * Dimension).ToArray(), Dimension, Dt, Names)
        {
            Standardization = Standardization,
            Inputs = Inputs?.Slice(start, length),
        };
    }
}
