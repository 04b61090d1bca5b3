using System.Runtime.CompilerServices;
using Attractor.Data;

namespace Attractor.Learning;

/// <summary>Rows that need not be in memory, each an observation by itself: read in blocks, which are shuffled.</summary>
internal sealed class StoredSamples(IRowSource rows, int count, Standardization? units) : SampleSet
{
    private const int BlockRows = 4096;

    private readonly RowPools _pools = new(rows, count, units);

    public override int Count => count;

    public override int Dimension => rows.Names.Count;

    public override SampleSet Take(int count) => count > 0 && count <= Count
        ? new StoredSamples(rows, count, units)
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {Count} rows.");

    internal override SampleSet In(Standardization? units) => units is null ? this : new StoredSamples(rows, count, units);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Gather<T>(ReadOnlySpan<int> positions, Span<T> batch, ulong seed, int epoch)
    {
        int width = Dimension;
        // Neighbours, as where a bound is evaluated over all rows, are read together.
        bool areNeighbours = positions.Length > 1;
        for (int i = 1; i < positions.Length; i++)
            areNeighbours &= positions[i] == positions[i - 1] + 1;
        double[] values = new double[(areNeighbours ? positions.Length : 1) * width];
        if (areNeighbours)
            Read(positions[0], values);
        for (int i = 0; i < positions.Length; i++)
        {
            if (!areNeighbours)
                _pools.Read(positions[i], values, seed, epoch);
            ReadOnlySpan<double> row = values.AsSpan(areNeighbours ? i * width : 0, width);
            for (int j = 0; j < row.Length; j++)
                batch[(i * width) + j] = T.CreateTruncating(row[j]);
        }
    }

    internal override int[] Order(ulong seed, int epoch) => _pools.Order(seed, epoch);

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
