namespace Attractor.Numerics;

/// <summary>What a register tile reads and writes; strides in values.</summary>
/// <param name="depth">Columns of A, rows of B.</param>
/// <param name="a">The first element of A.</param>
/// <param name="aStride">From one k to the next in a <see cref="PackedTile{S, T}"/>, from one row to the next in a
/// <see cref="RowTile{S, T}"/>.</param>
/// <param name="b">The first row of B.</param>
/// <param name="bStride">From one row of B to the next.</param>
/// <param name="start">What the sums start from, laid out as C.</param>
/// <param name="startStride">From one row of it to the next; 0 if all start from one row.</param>
/// <param name="c">The result.</param>
/// <param name="cStride">From one row of C to the next.</param>
/// <param name="ahead">What to fetch meanwhile.</param>
internal readonly unsafe struct TileOperands<T>(
    int depth, T* a, nint aStride, T* b, nint bStride, T* start, nint startStride, T* c, nint cStride, in Ahead<T> ahead)
    where T : unmanaged
{
    public readonly T* A = a, B = b, Start = start, C = c, Ahead = ahead.First;
    public readonly nint Depth = depth, AStride = aStride, BStride = bStride,
        StartStride = startStride, CStride = cStride, AheadRow = ahead.Row, AheadGroup = ahead.Group;
}
