using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// What a register tile fetches into the second cache while it computes, a line with each k: the panel of B that comes next.
/// </summary>
/// <remarks>
/// With k it fetches <c>First + (k % 32) * Row + (k / 32) * Group</c>. In between the multiply-adds that costs nothing,
/// where a loop of its own before the tile lets the multipliers run dry. What lies beyond the panel, or beyond the matrix,
/// may be named as well: a fetch reads nothing.
/// </remarks>
/// <param name="first">Of the lines of this tile the first.</param>
/// <param name="row">Values from one line to the next, 32 times.</param>
/// <param name="group">Values from the first of 32 lines to the first of the next 32.</param>
internal readonly unsafe struct Ahead<T>(T* first, nint row, nint group)
    where T : unmanaged
{
    public const int LogLines = 5, Lines = 1 << LogLines, Line = 64;

    public readonly T* First = first;
    public readonly nint Row = row, Group = group;

    /// <summary>
    /// The share of tile <paramref name="tile"/> in fetching the panel of <paramref name="b"/> that begins with its first element; nothing
    /// once all tiles before it have done so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ahead<T> Of(in Operand<T> b, int depth, int width, int tile, T* nothing)
    {
        nint line = Line / sizeof(T);
        if (b.Column == 1)
        {
            // A line of each row in every tile, one more where rows begin within a line.
            nint column = Math.Min(tile * line, width - 1);
            return (tile - 1) * line < width ? new(b.Values + column, b.Row, Lines * b.Row) : new(nothing, 0, 0);
        }
        // Some lines of each column.
        nint at = tile * Math.Max(1, depth / Lines) * line;
        return at < depth + line ? new(b.Values + at, b.Column, line) : new(nothing, 0, 0);
    }
}
