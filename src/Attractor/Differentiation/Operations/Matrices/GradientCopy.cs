using System.Numerics;
using System.Runtime.Intrinsics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>What the operations that only move values share.</summary>
internal static class GradientCopy<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target += source.</summary>
    public static unsafe void Add(ReadOnlySpan<T> source, Span<T> target)
    {
        fixed (T* from = source, to = target)
        {
            if (Vector512.IsHardwareAccelerated)
                PartialLanes<Lanes512<T>, T>.Add(from, to, source.Length);
            else if (Vector256.IsHardwareAccelerated)
                PartialLanes<Lanes256<T>, T>.Add(from, to, source.Length);
            else
                PartialLanes<Lanes128<T>, T>.Add(from, to, source.Length);
        }
    }

    /// <summary>target_j += sum_i source_ij.</summary>
    public static unsafe void AddRows(MatrixView<T> source, Span<T> target)
    {
        fixed (T* from = source.Values, to = target)
        {
            if (Vector512.IsHardwareAccelerated)
                PartialLanes<Lanes512<T>, T>.AddRows(from, source.Rows, source.Columns, to);
            else if (Vector256.IsHardwareAccelerated)
                PartialLanes<Lanes256<T>, T>.AddRows(from, source.Rows, source.Columns, to);
            else
                PartialLanes<Lanes128<T>, T>.AddRows(from, source.Rows, source.Columns, to);
        }
    }

    /// <summary>Copies a block of one matrix to a place in another, or adds it there.</summary>
    public static void Block(MatrixView<T> source, int row, int column, MatrixView<T> target, int targetRow, int targetColumn, Shape block, bool add)
    {
        for (int i = 0; i < block.Rows; i++)
        {
            Span<T> from = source.Row(row + i).Slice(column, block.Columns), to = target.Row(targetRow + i).Slice(targetColumn, block.Columns);
            if (add)
                Add(from, to);
            else
                from.CopyTo(to);
        }
    }
}
