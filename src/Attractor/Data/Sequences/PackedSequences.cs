namespace Attractor.Data;

/// <summary>Some sequences as one matrix: see <see cref="SequenceLayout"/> for the order of its rows.</summary>
public sealed class PackedSequences
{
    private readonly double[] _values;
    private readonly double[]? _mask;

    /// <summary>Packs series.</summary>
    /// <param name="sequences">Series of the same variables.</param>
    /// <exception cref="ArgumentException">There are none, one is empty, or they differ in their number of variables.</exception>
    public PackedSequences(params ReadOnlySpan<TimeSeries> sequences)
    {
        int[] lengths = new int[sequences.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = sequences[i].Length;
            if (sequences[i].Dimension != sequences[0].Dimension)
                throw new ArgumentException(
                    $"Sequence {i} has {sequences[i].Dimension} variables, expected {sequences[0].Dimension} as in sequence 0.",
                    nameof(sequences));
        }
        Layout = new(lengths);
        Dimension = sequences[0].Dimension;
        _values = new double[checked(Layout.Rows * Dimension)];
        bool missing = false;
        for (int t = 0; t < Layout.Steps; t++)
            for (int i = 0; i < Layout.Active(t); i++)
            {
                ReadOnlySpan<double> row = sequences[Layout.Order[i]].Row(t);
                row.CopyTo(_values.AsSpan((Layout.Offsets[t] + i) * Dimension));
                foreach (double value in row)
                    missing |= double.IsNaN(value);
            }
        if (missing)
            _mask = Mask(_values);
    }

    /// <summary>Sequences of a set.</summary>
    /// <param name="set">Where they are.</param>
    /// <param name="indices">Which of them.</param>
    public static PackedSequences Of(SequenceSet set, params ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(set);
        TimeSeries[] sequences = new TimeSeries[indices.Length];
        for (int i = 0; i < sequences.Length; i++)
            sequences[i] = set[indices[i]];
        return new(sequences);
    }

    /// <summary>Which row holds what.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>D, the number of variables.</summary>
    public int Dimension { get; }

    /// <summary>rows x D, row by row; missing values are 0.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Whether any value is missing.</summary>
    public bool HasMissing => _mask is not null;

    /// <summary>rows x D: 1 where there is a value, 0 where it is missing. Empty if none is.</summary>
    public ReadOnlySpan<double> Present => _mask;

    // Takes the NaN out of the values.
    private static double[] Mask(double[] values)
    {
        double[] mask = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                values[i] = 0;
            else
                mask[i] = 1;
        }
        return mask;
    }
}
