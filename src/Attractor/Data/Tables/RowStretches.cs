using System.Numerics.Tensors;

namespace Attractor.Data;

/// <summary>Where rows that need not be in memory are complete.</summary>
public static class RowStretches
{
    private const int BlockRows = 4096;

    /// <summary>The stretches of rows without missing or infinite values, in their order, as
    /// <see cref="TimeSeries.WholeStretches"/> has those of a series.</summary>
    /// <param name="rows">They are read once from front to back, unless their profiles say that nothing is missing.</param>
    public static IReadOnlyList<(long Start, long Length)> Whole(IRowSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            return [];
        if (rows.Profiles.All(column => column.Missing == 0 && double.IsFinite(column.Minimum) && double.IsFinite(column.Maximum)))
            return [(0, rows.Count)];
        List<(long Start, long Length)> stretches = [];
        int width = rows.Names.Count;
        double[] buffer = new double[(int)Math.Min(BlockRows, rows.Count) * width];
        long start = 0;
        for (long first = 0; first < rows.Count; first += BlockRows)
        {
            int count = (int)Math.Min(BlockRows, rows.Count - first);
            rows.Read(first, buffer.AsSpan(0, count * width));
            for (int t = 0; t < count; t++)
            {
                if (TensorPrimitives.IsFiniteAll<double>(buffer.AsSpan(t * width, width)))
                    continue;
                if (first + t > start)
                    stretches.Add((start, first + t - start));
                start = first + t + 1;
            }
        }
        if (rows.Count > start)
            stretches.Add((start, rows.Count - start));
        return stretches;
    }
}
