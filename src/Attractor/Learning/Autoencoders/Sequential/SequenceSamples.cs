using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>What one sample of a training on sequences is: a whole sequence, or a window of one.</summary>
internal sealed class SequenceSamples
{
    private readonly SequenceSet _set;
    private readonly int _length;
    private readonly ulong _seed;
    private readonly int[] _sequence;

    /// <param name="set">The sequences.</param>
    /// <param name="windowLength">Null for whole ones.</param>
    /// <param name="seed">Of the starts of the windows.</param>
    public SequenceSamples(SequenceSet set, int? windowLength, ulong seed)
    {
        (_set, _length, _seed) = (set, windowLength ?? int.MaxValue, seed);
        _sequence = [.. Enumerable.Range(0, set.Count).SelectMany(i => Enumerable.Repeat(i, Math.Max(1, set[i].Length / _length)))];
    }

    /// <summary>Samples of an epoch: floor(T / length) of a sequence of T steps, at least one.</summary>
    public int Count => _sequence.Length;

    /// <summary>One sample of an epoch. The start of a window is uniform over all that lie within its sequence.</summary>
    public TimeSeries this[int sample, int epoch]
    {
        get
        {
            TimeSeries sequence = _set[_sequence[sample]];
            if (sequence.Length <= _length)
                return sequence;
            RandomStream random = new(_seed, "windows", ((ulong)epoch * (ulong)Count) + (ulong)sample);
            return sequence.Slice((int)random.NextInt64(sequence.Length - _length + 1), _length);
        }
    }
}
