namespace Attractor.Data;

/// <summary>S sequences of the same D variables, each of its own length T_s. A missing value is a NaN.</summary>
/// <remarks>Immutable.</remarks>
public sealed class SequenceSet
{
    private readonly TimeSeries[] _sequences;

    /// <summary>A set of series.</summary>
    /// <param name="sequences">At least one; all of the same number of variables, none of them empty or with infinite values.</param>
    /// <exception cref="ArgumentException">There is no series, one is empty or holds an infinite value, or they differ in their number of
    /// variables.</exception>
    public SequenceSet(IReadOnlyList<TimeSeries> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0)
            throw new ArgumentException("There are no sequences.", nameof(sequences));
        _sequences = [.. sequences];
        for (int i = 0; i < _sequences.Length; i++)
            Add(_sequences[i], i, nameof(sequences));
    }

    /// <summary>S, the number of sequences.</summary>
    public int Count => _sequences.Length;

    /// <summary>D, the number of variables.</summary>
    public int Dimension => _sequences[0].Dimension;

    /// <summary>The number of time steps of all sequences together.</summary>
    public long TotalSteps { get; private set; }

    /// <summary>The number of missing values of all sequences together.</summary>
    public long Missing { get; private set; }

    /// <summary>One sequence.</summary>
    public TimeSeries this[int index] => _sequences[index];

    /// <summary>All of them, in their order.</summary>
    public IReadOnlyList<TimeSeries> Sequences => _sequences;

    /// <summary>The same steps as consecutive sequences of at most <paramref name="length"/>.</summary>
    /// <param name="length">Rows of a window; the last one of a sequence has what is left.</param>
    public SequenceSet Cut(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        List<TimeSeries> windows = [];
        foreach (TimeSeries sequence in _sequences)
            for (int start = 0; start < sequence.Length; start += length)
                windows.Add(sequence.Slice(start, Math.Min(length, sequence.Length - start)));
        return new(windows);
    }

    /// <summary>The same in other units.</summary>
    internal SequenceSet In(Standardization? units) => units is null ? this : new([.. _sequences.Select(units.Apply)]);

    private void Add(TimeSeries sequence, int index, string name)
    {
        if (sequence.Dimension != Dimension)
            throw new ArgumentException(
                $"Sequence {index} has {sequence.Dimension} variables, expected {Dimension} as in sequence 0.", name);
        if (sequence.Length == 0)
            throw new ArgumentException($"Sequence {index} has no rows.", name);
        if (sequence.FindNonFinite() is { } found)
        {
            if (found.Infinite > 0)
            {
                int first = sequence.Values.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
                throw new ArgumentException(
                    $"Sequence {index} holds {found.Infinite} infinite value{(found.Infinite == 1 ? "" : "s")}, the first in row "
                    + $"{first / Dimension}, column '{sequence.Names[first % Dimension]}' (rows count from 0); a missing value is a NaN.",
                    name);
            }
            Missing += found.Missing;
        }
        TotalSteps += sequence.Length;
    }
}
