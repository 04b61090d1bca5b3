using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>y = x' B + start for a single row x: B is read once, in the order in which it lies, and is never packed.</summary>
/// <remarks>
/// Limited by memory, not by arithmetic. Sums over k ascend where rows of B are contiguous; where columns
/// are, lane by lane and then over the lanes.
/// </remarks>
internal static unsafe class VectorMatrixProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsAtOnce = 8;

    /// <summary>The product of one row; A of the operands is 1 x K, C is 1 x N with strides of its own, as the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in ProductOperands<T> o, nint cStride, nint biasStride)
    {
        T* y = o.C;
        if (cStride != 1)
            y = Workspace.Current.ForA<T>(o.N);
        for (nint j = 0; j < o.N; j++)
            y[j] = o.Accumulate ? o.C[j * cStride] : o.Bias is null ? T.Zero : o.Bias[j * biasStride];
        if (o.B.Column == 1)
            AddRows(o.A.Values, o.A.Column, o.B, o.K, o.N, y);
        else
        {
            T* x = o.A.Values;
            if (o.A.Column != 1)
            {
                x = Workspace.Current.ForB<T>(o.K);
                for (nint k = 0; k < o.K; k++)
                    x[k] = o.A.Values[k * o.A.Column];
            }
            AddDots(x, o.B, o.K, o.N, y);
        }
        if (cStride != 1)
            for (nint j = 0; j < o.N; j++)
                o.C[j * cStride] = y[j];
    }

    // y += x_k B_k, eight rows of B in one pass over y.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(T* x, nint xStride, in Operand<T> b, int depth, int columns, T* y)
    {
        int lanes = sizeof(S) / sizeof(T), tail = columns % lanes;
        nint whole = columns - tail;
        S* edge = stackalloc S[RowsAtOnce + 1];
        T* rows = b.Values, edgeSums = (T*)(edge + RowsAtOnce);
        if (tail > 0)
            Packing<T>.Copy(y + whole, 0, 1, tail, edgeSums, 0);
        for (int k = 0; k < depth; k += RowsAtOnce, x += RowsAtOnce * xStride, rows += RowsAtOnce * b.Row)
        {
            int count = Math.Min(RowsAtOnce, depth - k);
            AddRows(x, xStride, rows, b.Row, count, whole, y);
            if (tail == 0)
                continue;
            Packing<T>.Copy(rows + whole, b.Row, count, tail, (T*)edge, lanes);
            AddRows(x, xStride, (T*)edge, lanes, count, lanes, edgeSums);
        }
        if (tail > 0)
            Packing<T>.Copy(edgeSums, 0, 1, tail, y + whole, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(T* x, nint xStride, T* rows, nint stride, int count, nint columns, T* y)
    {
        int lanes = sizeof(S) / sizeof(T);
        if (count < RowsAtOnce)
        {
            for (int k = 0; k < count; k++, rows += stride)
            {
                S factor = S.Broadcast(x[k * xStride]);
                for (nint j = 0; j < columns; j += lanes)
                    S.MultiplyAdd(factor, S.Load(rows + j), S.Load(y + j)).Store(y + j);
            }
            return;
        }
        T x0 = x[0], x1 = x[xStride], x2 = x[2 * xStride], x3 = x[3 * xStride],
            x4 = x[4 * xStride], x5 = x[5 * xStride], x6 = x[6 * xStride], x7 = x[7 * xStride];
        T* r0 = rows, r2 = rows + (2 * stride), r4 = rows + (4 * stride), r6 = rows + (6 * stride);
        for (nint j = 0; j < columns; j += lanes)
        {
            S sum = S.MultiplyAdd(S.Broadcast(x0), S.Load(r0 + j), S.Load(y + j));
            sum = S.MultiplyAdd(S.Broadcast(x1), S.Load(r0 + stride + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x2), S.Load(r2 + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x3), S.Load(r2 + stride + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x4), S.Load(r4 + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x5), S.Load(r4 + stride + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x6), S.Load(r6 + j), sum);
            sum = S.MultiplyAdd(S.Broadcast(x7), S.Load(r6 + stride + j), sum);
            sum.Store(y + j);
        }
    }

    // y_j += x . B_j, four columns of B at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDots(T* x, in Operand<T> b, int depth, int columns, T* y)
    {
        int lanes = sizeof(S) / sizeof(T), tail = depth % lanes;
        nint whole = depth - tail, stride = b.Column;
        // What lies beyond the end is 0 in both factors.
        S* edge = stackalloc S[5];
        for (int i = 0; i < 5; i++)
            edge[i] = S.Broadcast(T.Zero);
        T* edgeColumns = (T*)(edge + 1);
        if (tail > 0)
            Packing<T>.Copy(x + whole, 0, 1, tail, (T*)edge, 0);
        T* column = b.Values;
        int j = 0;
        for (; j + 4 <= columns; j += 4, column += 4 * stride)
        {
            // Before the loop: what lives across a call lives in memory.
            if (tail > 0)
                Packing<T>.Copy(column + whole, stride, 4, tail, edgeColumns, lanes);
            T* c0 = column, c1 = c0 + stride, c2 = c1 + stride, c3 = c2 + stride;
            S s0 = S.Broadcast(T.Zero), s1 = s0, s2 = s0, s3 = s0;
            for (nint k = 0; k < whole; k += lanes)
            {
                S v = S.Load(x + k);
                s0 = S.MultiplyAdd(v, S.Load(c0 + k), s0);
                s1 = S.MultiplyAdd(v, S.Load(c1 + k), s1);
                s2 = S.MultiplyAdd(v, S.Load(c2 + k), s2);
                s3 = S.MultiplyAdd(v, S.Load(c3 + k), s3);
            }
            y[j] += S.Sum(S.MultiplyAdd(edge[0], edge[1], s0));
            y[j + 1] += S.Sum(S.MultiplyAdd(edge[0], edge[2], s1));
            y[j + 2] += S.Sum(S.MultiplyAdd(edge[0], edge[3], s2));
            y[j + 3] += S.Sum(S.MultiplyAdd(edge[0], edge[4], s3));
        }
        for (; j < columns; j++, column += stride)
        {
            if (tail > 0)
                Packing<T>.Copy(column + whole, stride, 1, tail, edgeColumns, lanes);
            S sum = S.Broadcast(T.Zero);
            for (nint k = 0; k < whole; k += lanes)
                sum = S.MultiplyAdd(S.Load(x + k), S.Load(column + k), sum);
            y[j] += S.Sum(S.MultiplyAdd(edge[0], edge[1], sum));
        }
    }
}
