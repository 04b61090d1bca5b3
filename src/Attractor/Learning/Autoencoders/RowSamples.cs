using System.Runtime.CompilerServices;
using Attractor.Data;

namespace Attractor.Learning;

/// <summary>The rows of a series, each an observation by itself.</summary>
internal sealed class RowSamples(TimeSeries rows) : SampleSet
{
    public override int Count => rows.Length;

    public override int Dimension => rows.Dimension;

    public override SampleSet Take(int count) => new RowSamples(rows.Slice(0, count));

    internal override SampleSet In(Standardization? units) => units is null ? this : new RowSamples(units.Apply(rows));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
