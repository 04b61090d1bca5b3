using System.Globalization;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor;

/// <content>What is done to data before a model sees it.</content>
public sealed partial class TimeSeries
{
    /// <summary>
    /// Each variable shifted and scaled to mean 0 and standard deviation 1; missing values stay missing and do not count.
    /// </summary>
    /// <returns>A new series whose <see cref="Standardization"/> leads back to the units of this one (or of
    /// what it was standardised from).</returns>
    /// <exception cref="InvalidDataException">A variable is constant, has no value at all, or holds an infinite one.</exception>
    public TimeSeries Standardize()
    {
        double[] mean = new double[Dimension], scale = new double[Dimension];
        for (int n = 0; n < Dimension; n++)
        {
            ColumnMoments moments = ColumnMoments.Of(this, n);
            (mean[n], scale[n]) = (moments.Mean, moments.Deviation);
            if (moments.Count == 0)
                throw new InvalidDataException($"Column '{Names[n]}' holds no value in {Length} rows; leave it out.");
            if (moments.IsConstant)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Column '{Names[n]}' is constant ({moments.Minimum} in all {moments.Count} rows) and cannot be "
                    + $"standardised; leave it out."));
            }
            if (!(scale[n] > 0) || !double.IsFinite(scale[n]))
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Column '{Names[n]}' spans {moments.Minimum} to {moments.Maximum}, which double precision "
                    + $"cannot standardise; rescale or leave it out."));
            }
        }
        return new Standardization(mean, scale).Apply(this);
    }

    /// <summary>The series plus independent Gaussian noise of <paramref name="level"/> times each variable's standard deviation.</summary>
    /// <param name="level">Standard deviation of the noise in units of the variable's own; 0.05 is five per cent.</param>
    /// <param name="seed">Seed of the noise: the same seed, the same noise.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is negative or not finite.</exception>
    /// <exception cref="InvalidDataException">A variable holds an infinite value.</exception>
    public TimeSeries WithNoise(double level, ulong seed)
    {
        RequireNoiseLevel(level);
        double[] amplitude = new double[Dimension];
        for (int n = 0; n < Dimension; n++)
            amplitude[n] = level * ColumnMoments.Of(this, n).Deviation;

        double[] noisy = [.. _values];
        AddNoise(noisy, amplitude, new(seed, NoiseStream));
        return With(noisy, Standardization);
    }

    internal const string NoiseStream = "noise";

    internal static void RequireNoiseLevel(double level)
    {
        if (!(level >= 0) || !double.IsFinite(level))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The noise level must be a number that is not negative.");
    }

    /// <summary>Adds the next of a stream of normal numbers, in units of each column's amplitude, to every value of some rows.</summary>
    internal static void AddNoise(Span<double> rows, double[] amplitude, RandomStream stream)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] += amplitude[i % amplitude.Length] * stream.NextNormal();
    }

    /// <summary>The first floor(fraction * T) rows, and the others.</summary>
    /// <param name="fraction">Share of the rows that go to the first part, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not between 0
    /// and 1, or leaves one part empty.</exception>
    public (TimeSeries First, TimeSeries Second) Split(double fraction)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1.");
        int rows = (int)Math.Floor(fraction * Length);
        if (rows == 0 || rows == Length)
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"Of {Length} rows, {rows} would go to the first part: one part is empty.");
        return (Slice(0, rows), Slice(rows, Length - rows));
    }

    /// <summary>The variables at the given positions, in that order; a position may be repeated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position is not between 0 and N - 1.</exception>
    /// <exception cref="ArgumentException">No position is given.</exception>
    public TimeSeries Columns(params ReadOnlySpan<int> columns)
    {
        if (columns.IsEmpty)
            throw new ArgumentException("Name at least one column.", nameof(columns));
        foreach (int column in columns)
        {
            if (column < 0 || column >= Dimension)
                throw new ArgumentOutOfRangeException(nameof(columns), column, $"The series has {Dimension} columns, numbered from 0.");
        }
        double[] values = new double[Length * columns.Length];
        string[] names = new string[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            names[i] = Names[columns[i]];
            for (int t = 0; t < Length; t++)
                values[(t * columns.Length) + i] = this[t, columns[i]];
        }
        return new(values, columns.Length, Dt, names) { Standardization = Standardization?.Select(columns), Inputs = Inputs };
    }

    /// <summary>The variables of the given names, in that order.</summary>
    /// <exception cref="ArgumentException">No name is given, or the series has no variable of that name.</exception>
    public TimeSeries Columns(params ReadOnlySpan<string> names)
    {
        int[] columns = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            while (columns[i] < Dimension && Names[columns[i]] != names[i])
                columns[i]++;
            if (columns[i] == Dimension)
                throw new ArgumentException($"There is no column '{names[i]}'; the columns are {string.Join(", ", Names)}.", nameof(names));
        }
        return Columns(columns);
    }

    /// <summary>The same with some of its variables as <see cref="Inputs"/>: what drives the system, not what is modelled.</summary>
    /// <param name="names">Which, in the order in which they become inputs; at least one variable must be left.</param>
    /// <exception cref="ArgumentException">No name is given or one twice, the series has no variable of that name, or none is
    /// left.</exception>
    public TimeSeries WithInputs(params ReadOnlySpan<string> names)
    {
        TimeSeries inputs = Columns(names);
        string[] left = [.. Names.Where(name => !inputs.Names.Contains(name))];
        if (left.Length == 0)
            throw new ArgumentException("All variables are to be inputs: at least one must be left to be modelled.", nameof(names));
        return inputs.Names.Distinct().Count() == inputs.Dimension
            ? Columns(left).WithInputs(inputs)
            : throw new ArgumentException($"An input is named twice in {string.Join(", ", inputs.Names)}.", nameof(names));
    }

    /// <summary>The same, driven by other inputs.</summary>
    /// <param name="inputs">T x K; null for none.</param>
    /// <exception cref="ArgumentException">They have another number of rows.</exception>
    public TimeSeries WithInputs(TimeSeries? inputs)
        => new(_values, Dimension, Dt, Names) { Standardization = Standardization, Inputs = inputs };

    /// <summary>Other values of the same shape, time step, names and inputs.</summary>
    internal TimeSeries With(double[] values, Standardization? standardization)
        => new(values, Dimension, Dt, Names) { Standardization = standardization, Inputs = Inputs };
}
