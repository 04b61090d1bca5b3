using System.Numerics;
using System.Runtime.CompilerServices;
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
            WidestLanes.Invoke<T, Addition>(new(from, to, source.Length));
    }

    /// <summary>target_j += sum_i source_ij.</summary>
    public static unsafe void AddRows(MatrixView<T> source, Span<T> target)
    {
        fixed (T* from = source.Values, to = target)
            WidestLanes.Invoke<T, AdditionOfRows>(new(from, source.Rows, source.Columns, to));
    }

    /// <summary>Copies a block of one matrix to a place in another, or adds it there.</summary>
    public static void Block(
        MatrixView<T> source, int row, int column, MatrixView<T> target, int targetRow, int targetColumn, Shape block, bool add)
    {
        for (int i = 0; i < block.Rows; i++)
        {
            Span<T> from = source.Row(row + i).Slice(column, block.Columns),
                to = target.Row(targetRow + i).Slice(targetColumn, block.Columns);
            if (add)
                Add(from, to);
            else
                from.CopyTo(to);
        }
    }

    private readonly unsafe struct Addition(T* source, T* target, int count) : ILaneAction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => PartialLanes<S, T>.Add(source, target, count);
    }

    private readonly unsafe struct AdditionOfRows(T* source, int rows, int columns, T* target) : ILaneAction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, T>
            => PartialLanes<S, T>.AddRows(source, rows, columns, target);
    }
}
