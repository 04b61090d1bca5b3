using System.Numerics;
using Attractor.Data;

namespace Attractor.Learning.Autoencoders;

/// <summary>Observations to learn from, one row each.</summary>
public abstract class SampleSet
{
    /// <summary>N, how many there are.</summary>
    public abstract int Count { get; }

    /// <summary>D, the variables of each.</summary>
    public abstract int Dimension { get; }

    /// <summary>The rows of a series, each an observation by itself.</summary>
    public static SampleSet Of(TimeSeries rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new RowSamples(rows);
    }

    /// <summary>Copies some of them into a batch.</summary>
    /// <param name="positions">Which: n numbers from 0.</param>
    /// <param name="batch">n x D.</param>
    /// <param name="seed">Of what is drawn anew at every epoch.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    internal abstract void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The first value that cannot be observed, by <paramref name="refusal"/>: its sample, its variable, and why. Null if there is none.</summary>
    internal abstract (int Sample, int Variable, double Value, string Why)? FindRefused(Func<double, string?> refusal);

    private sealed class RowSamples(TimeSeries rows) : SampleSet
    {
        public override int Count => rows.Length;

        public override int Dimension => rows.Dimension;

        internal override void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
        {
            for (int i = 0; i < positions.Length; i++)
            {
                ReadOnlySpan<double> row = rows.Row(positions[i]);
                for (int j = 0; j < row.Length; j++)
                    batch[(i * row.Length) + j] = T.CreateTruncating(row[j]);
            }
        }

        internal override (int Sample, int Variable, double Value, string Why)? FindRefused(Func<double, string?> refusal)
        {
            for (int t = 0; t < rows.Length; t++)
                for (int j = 0; j < rows.Dimension; j++)
                    if (refusal(rows.Row(t)[j]) is { } why)
                        return (t, j, rows.Row(t)[j], why);
            return null;
        }
    }
}
