using System.Numerics.Tensors;
using Attractor.Data;

namespace Attractor.Forecasting;

/// <summary>
/// What a forecast may know: the context in standard deviations, as it was measured and with what noise there is taken off.
/// </summary>
public sealed class ForecastContext
{
    /// <summary>The fewest rows of the longest stretch without missing values.</summary>
    public const int FewestRows = 50;

    private readonly NoiseReduction? _noise;

    /// <summary>A context from data.</summary>
    /// <param name="data">T x N; missing values part it into stretches.</param>
    /// <exception cref="InvalidDataException">A variable is constant, has no value at all, or holds an infinite one.</exception>
    /// <exception cref="ArgumentException">No stretch without missing values has <see cref="FewestRows"/> rows.</exception>
    public ForecastContext(TimeSeries data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FindNonFinite() is { Infinite: > 0 } found)
            throw new ArgumentException($"The data hold {found}: remove the infinite values.", nameof(data));
        int longest = data.WholeStretches().Select(stretch => stretch.Length).DefaultIfEmpty().Max();
        if (longest < FewestRows)
            throw new ArgumentException(
                $"A forecast needs {FewestRows} rows without missing values one after another, found {longest}.", nameof(data));
        // In the units that it came in, whatever these are.
        Measured = new TimeSeries(data.Values.ToArray(), data.Dimension, data.Dt, data.Names).Standardize();
        _noise = NoiseReduction.Of([Measured]);
        Pieces = Without(0, 0);
        LastRow = Enumerable.Range(1, data.Length).Select(back => data.Length - back).First(IsWhole);
    }

    /// <summary>T x N, standardised.</summary>
    public TimeSeries Measured { get; }

    /// <summary>The way back to the units of the data.</summary>
    public Standardization Units => Measured.Standardization!;

    /// <summary>Its stretches without missing values, smoothed where there is noise.</summary>
    public IReadOnlyList<TimeSeries> Pieces { get; }

    /// <summary>N standard deviations of the noise that was found, in those of the data; 0 where there is none to take.</summary>
    public IReadOnlyList<double> Noise => _noise?.Noise ?? [.. Enumerable.Repeat(0.0, Measured.Dimension)];

    /// <summary>The last row without missing values: a forecast sets out from it.</summary>
    public int LastRow { get; }

    /// <summary>The pieces with rows left out, smoothed by the remaining ones alone.</summary>
    /// <param name="first">The first row that is left out.</param>
    /// <param name="end">The row after the last one.</param>
    public IReadOnlyList<TimeSeries> Without(int first, int end)
    {
        List<TimeSeries> pieces = [];
        foreach ((int start, int length) in Measured.WholeStretches())
        {
            Add(start, Math.Min(start + length, first));
            Add(Math.Max(start, end), start + length);
        }
        return pieces;

        void Add(int from, int to)
        {
            if (to - from >= 2)
                pieces.Add(Smoothed(Measured.Slice(from, to - from)));
        }
    }

    /// <summary>What is known at a row: it and those before it without a gap, smoothed by these alone.</summary>
    /// <param name="row">The row.</param>
    /// <param name="warmUp">Rows wanted before it.</param>
    /// <returns>Null if there are fewer without a gap.</returns>
    public TimeSeries? History(int row, int warmUp)
    {
        // The filter near the end sees what lies a few windows back.
        int window = _noise is null ? 0 : 2 * _noise.Filters.Max(filter => filter?.Window ?? 0), first = row;
        while (first > 0 && row - first < warmUp + window && IsWhole(first - 1))
            first--;
        return IsWhole(row) && row - first >= warmUp ? Smoothed(Measured.Slice(first, row - first + 1)) : null;
    }

    private TimeSeries Smoothed(TimeSeries series) => _noise?.Apply(series) ?? series;

    private bool IsWhole(int row) => TensorPrimitives.IsFiniteAll(Measured.Row(row));
}
