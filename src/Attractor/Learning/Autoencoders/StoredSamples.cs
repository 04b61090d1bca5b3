using System.Runtime.CompilerServices;
using Attractor.Data;

namespace Attractor.Learning;

/// <summary>Rows that need not be in memory, each an observation by itself: read one by one, in the order of an epoch.</summary>
internal sealed class StoredSamples(IRowSource rows, int count, Standardization? units) : SampleSet
{
    private const int BlockRows = 4096;

    public override int Count => count;

    public override int Dimension => rows.Names.Count;

    public override SampleSet Take(int count) => count > 0 && count <= Count
        ? new StoredSamples(rows, count, units)
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {Count} rows.");

    internal override SampleSet In(Standardization? units) => units is null ? this : new StoredSamples(rows, count, units);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
    {
        double[] row = new double[Dimension];
        for (int i = 0; i < positions.Length; i++)
        {
            Read(positions[i], row);
            for (int j = 0; j < row.Length; j++)
                batch[(i * row.Length) + j] = T.CreateTruncating(row[j]);
        }
    }

    internal override (int Sample, int Variable, double Value, string Why)? FindRefused(Func<double, string?> refusal)
    {
        double[] buffer = new double[Math.Min(BlockRows, count) * Dimension];
        for (int first = 0; first < count; first += BlockRows)
        {
            Span<double> block = buffer.AsSpan(0, Math.Min(BlockRows, count - first) * Dimension);
            Read(first, block);
            for (int i = 0; i < block.Length; i++)
                if (refusal(block[i]) is { } why)
                    return (first + (i / Dimension), i % Dimension, block[i], why);
        }
        return null;
    }

    private void Read(int first, Span<double> values)
    {
        rows.Read(first, values);
        units?.Apply(values, values);
    }
}
