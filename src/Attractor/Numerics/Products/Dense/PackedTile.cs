using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Attractor.Numerics;

/// <summary>
/// The register tile of a dense product: C = start + A B for up to 12 rows and two blocks of columns, the rows of A lying side by side.
/// </summary>
/// <remarks>
/// C (R x W blocks), A (depth x R: element (i, k) is a[k * stride + i]), B (depth x W blocks). Per k one or two loads
/// of B, a broadcast of A for each row and R * W multiply-adds on accumulators that stay in registers. Every element is
/// one chain of multiply-adds in ascending k.
/// </remarks>
internal static unsafe class PackedTile<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int height, int width, in TileOperands<T> operands)
    {
        switch (height, width)
        {
            case (1, 1): Tile<N1, N1>(operands); break;
            case (1, 2): Tile<N1, N2>(operands); break;
            case (2, 1): Tile<N2, N1>(operands); break;
            case (2, 2): Tile<N2, N2>(operands); break;
            case (3, 1): Tile<N3, N1>(operands); break;
            case (3, 2): Tile<N3, N2>(operands); break;
            case (4, 1): Tile<N4, N1>(operands); break;
            case (4, 2): Tile<N4, N2>(operands); break;
            case (5, 1): Tile<N5, N1>(operands); break;
            case (5, 2): Tile<N5, N2>(operands); break;
            case (6, 1): Tile<N6, N1>(operands); break;
            case (6, 2): Tile<N6, N2>(operands); break;
            case (7, 1): Tile<N7, N1>(operands); break;
            case (7, 2): Tile<N7, N2>(operands); break;
            case (8, 1): Tile<N8, N1>(operands); break;
            case (8, 2): Tile<N8, N2>(operands); break;
            case (9, 1): Tile<N9, N1>(operands); break;
            case (9, 2): Tile<N9, N2>(operands); break;
            case (10, 1): Tile<N10, N1>(operands); break;
            case (10, 2): Tile<N10, N2>(operands); break;
            case (11, 1): Tile<N11, N1>(operands); break;
            case (11, 2): Tile<N11, N2>(operands); break;
            case (12, 1): Tile<N12, N1>(operands); break;
            case (12, 2): Tile<N12, N2>(operands); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<R, W>(in TileOperands<T> operands)
        where R : struct, ICount
        where W : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        T* start = operands.Start;
        nint row = operands.StartStride;
        S p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default,
            p6 = default, p7 = default, p8 = default, p9 = default, p10 = default, p11 = default;
        S q0 = default, q1 = default, q2 = default, q3 = default, q4 = default, q5 = default,
            q6 = default, q7 = default, q8 = default, q9 = default, q10 = default, q11 = default;
        p0 = S.Load(start);
        if (W.N > 1) q0 = S.Load(start + lanes);
        if (R.N > 1) p1 = S.Load(start + row);
        if (R.N > 1 && W.N > 1) q1 = S.Load(start + row + lanes);
        if (R.N > 2) p2 = S.Load(start + (2 * row));
        if (R.N > 2 && W.N > 1) q2 = S.Load(start + (2 * row) + lanes);
        if (R.N > 3) p3 = S.Load(start + (3 * row));
        if (R.N > 3 && W.N > 1) q3 = S.Load(start + (3 * row) + lanes);
        if (R.N > 4) p4 = S.Load(start + (4 * row));
        if (R.N > 4 && W.N > 1) q4 = S.Load(start + (4 * row) + lanes);
        if (R.N > 5) p5 = S.Load(start + (5 * row));
        if (R.N > 5 && W.N > 1) q5 = S.Load(start + (5 * row) + lanes);
        if (R.N > 6) p6 = S.Load(start + (6 * row));
        if (R.N > 6 && W.N > 1) q6 = S.Load(start + (6 * row) + lanes);
        if (R.N > 7) p7 = S.Load(start + (7 * row));
        if (R.N > 7 && W.N > 1) q7 = S.Load(start + (7 * row) + lanes);
        if (R.N > 8) p8 = S.Load(start + (8 * row));
        if (R.N > 8 && W.N > 1) q8 = S.Load(start + (8 * row) + lanes);
        if (R.N > 9) p9 = S.Load(start + (9 * row));
        if (R.N > 9 && W.N > 1) q9 = S.Load(start + (9 * row) + lanes);
        if (R.N > 10) p10 = S.Load(start + (10 * row));
        if (R.N > 10 && W.N > 1) q10 = S.Load(start + (10 * row) + lanes);
        if (R.N > 11) p11 = S.Load(start + (11 * row));
        if (R.N > 11 && W.N > 1) q11 = S.Load(start + (11 * row) + lanes);
        T* a = operands.A, b = operands.B;
        nint aStride = operands.AStride, bStride = operands.BStride;
        T* ahead = operands.Ahead;
        nint depth = operands.Depth, aheadRow = operands.AheadRow, aheadGroup = operands.AheadGroup;
        for (nint k = 0; k < depth; k++, a += aStride, b += bStride)
        {
            if (Sse.IsSupported && (W.N > 1 || S.Accumulators < 16))
                Sse.Prefetch1(ahead + ((k & (Ahead<T>.Lines - 1)) * aheadRow) + ((k >> Ahead<T>.LogLines) * aheadGroup));
            S x = S.Load(b), y = default;
            if (W.N > 1) y = S.Load(b + lanes);
            S v = S.Broadcast(a[0]);
            p0 = S.MultiplyAdd(v, x, p0);
            if (W.N > 1) q0 = S.MultiplyAdd(v, y, q0);
            if (R.N > 1) v = S.Broadcast(a[1]);
            if (R.N > 1) p1 = S.MultiplyAdd(v, x, p1);
            if (R.N > 1 && W.N > 1) q1 = S.MultiplyAdd(v, y, q1);
            if (R.N > 2) v = S.Broadcast(a[2]);
            if (R.N > 2) p2 = S.MultiplyAdd(v, x, p2);
            if (R.N > 2 && W.N > 1) q2 = S.MultiplyAdd(v, y, q2);
            if (R.N > 3) v = S.Broadcast(a[3]);
            if (R.N > 3) p3 = S.MultiplyAdd(v, x, p3);
            if (R.N > 3 && W.N > 1) q3 = S.MultiplyAdd(v, y, q3);
            if (R.N > 4) v = S.Broadcast(a[4]);
            if (R.N > 4) p4 = S.MultiplyAdd(v, x, p4);
            if (R.N > 4 && W.N > 1) q4 = S.MultiplyAdd(v, y, q4);
            if (R.N > 5) v = S.Broadcast(a[5]);
            if (R.N > 5) p5 = S.MultiplyAdd(v, x, p5);
            if (R.N > 5 && W.N > 1) q5 = S.MultiplyAdd(v, y, q5);
            if (R.N > 6) v = S.Broadcast(a[6]);
            if (R.N > 6) p6 = S.MultiplyAdd(v, x, p6);
            if (R.N > 6 && W.N > 1) q6 = S.MultiplyAdd(v, y, q6);
            if (R.N > 7) v = S.Broadcast(a[7]);
            if (R.N > 7) p7 = S.MultiplyAdd(v, x, p7);
            if (R.N > 7 && W.N > 1) q7 = S.MultiplyAdd(v, y, q7);
            if (R.N > 8) v = S.Broadcast(a[8]);
            if (R.N > 8) p8 = S.MultiplyAdd(v, x, p8);
            if (R.N > 8 && W.N > 1) q8 = S.MultiplyAdd(v, y, q8);
            if (R.N > 9) v = S.Broadcast(a[9]);
            if (R.N > 9) p9 = S.MultiplyAdd(v, x, p9);
            if (R.N > 9 && W.N > 1) q9 = S.MultiplyAdd(v, y, q9);
            if (R.N > 10) v = S.Broadcast(a[10]);
            if (R.N > 10) p10 = S.MultiplyAdd(v, x, p10);
            if (R.N > 10 && W.N > 1) q10 = S.MultiplyAdd(v, y, q10);
            if (R.N > 11) v = S.Broadcast(a[11]);
            if (R.N > 11) p11 = S.MultiplyAdd(v, x, p11);
            if (R.N > 11 && W.N > 1) q11 = S.MultiplyAdd(v, y, q11);
        }

        T* c = operands.C;
        row = operands.CStride;
        p0.Store(c);
        if (W.N > 1) q0.Store(c + lanes);
        if (R.N > 1) p1.Store(c + row);
        if (R.N > 1 && W.N > 1) q1.Store(c + row + lanes);
        if (R.N > 2) p2.Store(c + (2 * row));
        if (R.N > 2 && W.N > 1) q2.Store(c + (2 * row) + lanes);
        if (R.N > 3) p3.Store(c + (3 * row));
        if (R.N > 3 && W.N > 1) q3.Store(c + (3 * row) + lanes);
        if (R.N > 4) p4.Store(c + (4 * row));
        if (R.N > 4 && W.N > 1) q4.Store(c + (4 * row) + lanes);
        if (R.N > 5) p5.Store(c + (5 * row));
        if (R.N > 5 && W.N > 1) q5.Store(c + (5 * row) + lanes);
        if (R.N > 6) p6.Store(c + (6 * row));
        if (R.N > 6 && W.N > 1) q6.Store(c + (6 * row) + lanes);
        if (R.N > 7) p7.Store(c + (7 * row));
        if (R.N > 7 && W.N > 1) q7.Store(c + (7 * row) + lanes);
        if (R.N > 8) p8.Store(c + (8 * row));
        if (R.N > 8 && W.N > 1) q8.Store(c + (8 * row) + lanes);
        if (R.N > 9) p9.Store(c + (9 * row));
        if (R.N > 9 && W.N > 1) q9.Store(c + (9 * row) + lanes);
        if (R.N > 10) p10.Store(c + (10 * row));
        if (R.N > 10 && W.N > 1) q10.Store(c + (10 * row) + lanes);
        if (R.N > 11) p11.Store(c + (11 * row));
        if (R.N > 11 && W.N > 1) q11.Store(c + (11 * row) + lanes);
    }
}
