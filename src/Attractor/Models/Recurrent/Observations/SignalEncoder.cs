using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>
/// What data that cannot be inverted, such as counts, tell of the units that are read: three convolutions over time, of 11, 7 and 5 rows,
/// with nothing between them, and the logarithm of a standard deviation by one of 3 (Brenner, Hess, Koppe and Durstewitz, ICML 2024).
/// </summary>
/// <remarks>
/// A signal looks <see cref="Reach"/> rows back and ahead. Beyond the first and the last row of a window its edge is repeated, so that a
/// single row is encoded as if it stood all along. What is encoded are standardised <see cref="ObservationModel.Features"/>; a missing
/// value is its mean. Tensors: K1 (R x 11 F), K2 (R x 7 R), K3 (R x 5 R), S (R x 3 F), the rows of a kernel one behind the other, with an
/// offset each, and the mean and the scale of the features, which no gradient moves.
/// </remarks>
internal sealed class SignalEncoder
{
    /// <summary>Rows that a signal looks back, and ahead.</summary>
    public const int Reach = 10;

    /// <summary>Rows of the three kernels.</summary>
    public static readonly int[] Widths = [11, 7, 5];

    private const int DeviationWidth = 3;
    private const string Mean = "encoder.mean", Scale = "encoder.scale", DeviationKernel = "encoder.S", DeviationOffset = "encoder.s";

    private readonly ObservedModalities _modalities;
    private readonly ParameterBuffer _parameters;
    private readonly ParameterTensor _mean, _scale, _deviations, _deviationOffset;
    private readonly ParameterTensor[] _kernels, _offsets;
    private Tuple<int, double[], double[]>? _composed;

    public SignalEncoder(ObservedModalities modalities, ParameterBuffer parameters)
    {
        (_modalities, _parameters) = (modalities, parameters);
        (_mean, _scale) = (parameters.Find(Mean), parameters.Find(Scale));
        (_deviations, _deviationOffset) = (parameters.Find(DeviationKernel), parameters.Find(DeviationOffset));
        _kernels = [.. Widths.Select((_, i) => parameters.Find(Kernel(i)))];
        _offsets = [.. Widths.Select((_, i) => parameters.Find(Offset(i)))];
    }

    /// <summary>R.</summary>
    public int Units => _offsets[0].Rows;

    /// <summary>F, of all variables.</summary>
    public int Features => _mean.Rows;

    /// <summary>The tensors of so many features and units: names, rows and columns.</summary>
    public static IEnumerable<(string Name, long Rows, long Columns)> Tensors(long features, long units)
    {
        yield return (Mean, features, 0);
        yield return (Scale, features, 0);
        for (int i = 0; i < Widths.Length; i++)
        {
            yield return (Kernel(i), units, Widths[i] * (i == 0 ? features : units));
            yield return (Offset(i), units, 0);
        }
        yield return (DeviationKernel, units, DeviationWidth * features);
        yield return (DeviationOffset, units, 0);
    }

    /// <summary>The name of a kernel, of 0 to 2.</summary>
    public static string Kernel(int layer) => FormattableString.Invariant($"encoder.K{layer + 1}");

    /// <summary>The name of its offset.</summary>
    public static string Offset(int layer) => FormattableString.Invariant($"encoder.k{layer + 1}");

    /// <summary>What the features are standardised by.</summary>
    public void SetUnits(IReadOnlyList<double> mean, IReadOnlyList<double> scale)
    {
        _parameters.Set(Mean, [.. mean]);
        _parameters.Set(Scale, [.. scale]);
    }

    /// <summary>Kernels uniform within 1 / sqrt(inputs), and standard deviations of 0.1.</summary>
    public void Draw(ulong seed)
    {
        _parameters.Set(Scale, [.. Enumerable.Repeat(1.0, Features)]);
        for (int i = 0; i < Widths.Length; i++)
        {
            double bound = 1 / Math.Sqrt(_kernels[i].Columns);
            _parameters.Set(_kernels[i].Name, InitialParameters.Uniform(_kernels[i].Count, -bound, bound, seed + (ulong)i));
        }
        _parameters.Set(DeviationOffset, [.. Enumerable.Repeat(Math.Log(0.1), Units)]);
    }

    /// <summary>The standardised features of one row.</summary>
    /// <param name="row">N values; a missing one is NaN.</param>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="features">F values are written.</param>
    public void Encode<T>(ReadOnlySpan<double> row, ReadOnlySpan<T> parameters, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> all = stackalloc double[_modalities.All.Max(m => m.Model.Features)];
        for (int n = 0; n < _modalities.Observed; n++)
        {
            ref readonly ObservedColumn column = ref _modalities[n];
            Span<double> of = all[..column.Model.Features];
            Span<T> target = features.Slice(column.Feature, of.Length);
            if (double.IsNaN(row[n]))
            {
                target.Clear();
                continue;
            }
            column.Model.Encode(row[n], of);
            for (int i = 0; i < of.Length; i++)
                target[i] = Standardized(T.CreateTruncating(of[i]), parameters, column.Feature + i);
        }
    }

    /// <summary>A feature less its mean, by its scale.</summary>
    public T Standardized<T>(T value, ReadOnlySpan<T> parameters, int feature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (value - parameters[_mean.Offset + feature]) / parameters[_scale.Offset + feature];

    /// <summary>The other way round.</summary>
    public double InUnits(double value, int feature)
        => _parameters.Values[_mean.Offset + feature] + (ScaleOf(feature) * value);

    /// <summary>What a feature is divided by.</summary>
    public double ScaleOf(int feature) => _parameters.Values[_scale.Offset + feature];

    /// <summary>The signals of features of rows, lanes of windows side by side.</summary>
    /// <param name="parameters">The network's.</param>
    /// <param name="features">(T + 2 <see cref="Reach"/>) lanes x F: row t of all lanes before row t + 1 of any.</param>
    /// <param name="lanes">Windows.</param>
    /// <returns>T lanes x R.</returns>
    public Variable<T> Signals<T>(TapeParameters<T> parameters, Variable<T> features, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < Widths.Length; i++)
            features = Unfold(features, Widths[i], lanes).Affine(parameters[_kernels[i]], parameters[_offsets[i]]);
        return features;
    }

    /// <summary>The logarithms of the standard deviations of the signals, of the same shape.</summary>
    public Variable<T> LogDeviations<T>(TapeParameters<T> parameters, Variable<T> features, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Margin = Reach - (DeviationWidth / 2);
        Variable<T> near = features.SliceRows(Margin * lanes, features.Rows - (2 * Margin * lanes));
        return Unfold(near, DeviationWidth, lanes).Affine(parameters[_deviations], parameters[_deviationOffset]);
    }

    /// <summary>The signal of one row of a series, from the rows that are there.</summary>
    /// <param name="series">T x N.</param>
    /// <param name="row">Which.</param>
    /// <param name="units">R values are written.</param>
    public void Signal(TimeSeries series, int row, Span<double> units)
    {
        (double[] kernel, double[] offset) = Composed();
        int taps = (2 * Reach) + 1, f = Features;
        double[] features = new double[taps * f];
        for (int k = 0; k < taps; k++)
            Encode(
                series.Row(Math.Clamp(row + k - Reach, 0, series.Length - 1)), _parameters.Values, features.AsSpan(k * f, f));
        for (int r = 0; r < units.Length; r++)
        {
            double sum = offset[r];
            for (int i = 0; i < features.Length; i++)
                sum += kernel[(r * features.Length) + i] * features[i];
            units[r] = sum;
        }
    }

    // The three kernels as one of 21 rows, R x 21 x F: there is nothing between them.
    private (double[] Kernel, double[] Offset) Composed()
    {
        Tuple<int, double[], double[]>? known = _composed;
        if (known?.Item1 == _parameters.Version)
            return (known.Item2, known.Item3);
        int units = Units, taps = Widths[0];
        double[] kernel = _parameters[_kernels[0].Name].ToArray(), offset = _parameters[_offsets[0].Name].ToArray();
        for (int layer = 1; layer < Widths.Length; layer++)
        {
            int width = Widths[layer], longer = taps + width - 1;
            ReadOnlySpan<double> k = _parameters[_kernels[layer].Name];
            double[] next = new double[units * longer * Features], after = _parameters[_offsets[layer].Name].ToArray();
            for (int r = 0; r < units; r++)
                for (int j = 0; j < width; j++)
                    for (int m = 0; m < units; m++)
                    {
                        double weight = k[(((r * width) + j) * units) + m];
                        after[r] += weight * offset[m];
                        for (int i = 0; i < taps * Features; i++)
                            next[(((r * longer) + j) * Features) + i] += weight * kernel[(m * taps * Features) + i];
                    }
            (kernel, offset, taps) = (next, after, longer);
        }
        _composed = new(_parameters.Version, kernel, offset);
        return (kernel, offset);
    }

    // Rows t .. t + width - 1 side by side.
    private static Variable<T> Unfold<T>(Variable<T> x, int width, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Rows - ((width - 1) * lanes);
        return Variable<T>.ConcatenateColumns([.. Enumerable.Range(0, width).Select(k => x.SliceRows(k * lanes, rows))]);
    }
}
