using System.Numerics.Tensors;

namespace Attractor.Data;

/// <summary>The nearest of many points: blocks of them in the order of their first component, nearest block first.</summary>
/// <remarks>Safe to use from several threads. Distances are those of Euclid; of equal ones the earlier point comes first.</remarks>
internal sealed class NearestWindows
{
    private const int Block = 512;

    private readonly int[] _order;
    private readonly float[] _columns, _points;
    private readonly float[] _firsts;

    /// <param name="points">n x d, row-major, the component of the largest variance first.</param>
    /// <param name="dimension">d.</param>
    public NearestWindows(float[] points, int dimension)
    {
        (_points, Dimension, Count) = (points, dimension, points.Length / dimension);
        _order = [.. Enumerable.Range(0, Count)];
        _firsts = [.. Enumerable.Range(0, Count).Select(i => points[i * dimension])];
        Array.Sort([.. _firsts], _order);
        _firsts = [.. _order.Select(i => points[i * dimension])];
        // Column by column, so that a block of points is compared in a few vector operations.
        _columns = new float[points.Length];
        for (int k = 0; k < dimension; k++)
            for (int i = 0; i < Count; i++)
                _columns[(k * Count) + i] = points[(_order[i] * dimension) + k];
    }

    /// <summary>n.</summary>
    public int Count { get; }

    private int Dimension { get; }

    /// <summary>One of the points.</summary>
    public ReadOnlySpan<float> Point(int i) => _points.AsSpan(i * Dimension, Dimension);

    /// <summary>Finds as many points as there is room for, in the order of their distance.</summary>
    /// <param name="point">d values.</param>
    /// <param name="found">Squared distance and number of each.</param>
    /// <returns>How many there are.</returns>
    public int Find(ReadOnlySpan<float> point, Span<(float Square, int Index)> found)
    {
        int count = 0, at = Array.BinarySearch(_firsts, point[0]), blocks = (Count + Block - 1) / Block;
        int up = Math.Min(blocks - 1, (at < 0 ? ~at : at) / Block), down = up - 1;
        Span<float> squares = stackalloc float[Block], difference = stackalloc float[Block];
        while (up < blocks || down >= 0)
        {
            // How far the first component alone is from the block: its edge towards the point.
            float toUp = up < blocks ? Math.Max(0, _firsts[up * Block] - point[0]) : float.PositiveInfinity;
            float toDown = down >= 0 ? Math.Max(0, point[0] - _firsts[(down * Block) + Block - 1]) : float.PositiveInfinity;
            float nearest = Math.Min(toUp, toDown);
            if (count == found.Length && nearest * nearest > found[count - 1].Square)
                break;
            int block = toUp <= toDown ? up++ : down--, first = block * Block, length = Math.Min(Block, Count - first);
            Span<float> sums = squares[..length];
            sums.Clear();
            for (int k = 0; k < Dimension; k++)
            {
                Span<float> apart = difference[..length];
                TensorPrimitives.Subtract(_columns.AsSpan((k * Count) + first, length), point[k], apart);
                TensorPrimitives.FusedMultiplyAdd(apart, apart, sums, sums);
            }
            for (int i = 0; i < length; i++)
                if (count < found.Length || sums[i] <= found[count - 1].Square)
                    Insert(found, ref count, (sums[i], _order[first + i]));
        }
        return count;
    }

    private static void Insert(Span<(float Square, int Index)> found, ref int count, (float Square, int Index) one)
    {
        int at = count;
        while (at > 0 && (found[at - 1].Square > one.Square || (found[at - 1].Square == one.Square && found[at - 1].Index > one.Index)))
            at--;
        if (at == found.Length)
            return;
        if (count < found.Length)
            count++;
        found[at..(count - 1)].CopyTo(found[(at + 1)..]);
        found[at] = one;
    }
}
