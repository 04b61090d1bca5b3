using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// The product of a matrix with a panel of lanes: y = A x, y (rows x lanes), A (rows x depth), x (depth x lanes).
/// </summary>
/// <remarks>
/// A row panel of A times one block of lanes: per k one load of x and one multiply-add per row, whose weight the processor
/// broadcasts from memory. No horizontal sums, no allocation. Every y[i] is summed over k in ascending order.
/// The accumulators must be named locals: an array of them would live in memory and run at a third of the speed.
/// </remarks>
internal static unsafe class PanelProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = A x.</summary>
    public static void Multiply(PackedMatrix<T> a, T* x, T* y) => Multiply(a, x, y, sizeof(S) / sizeof(T));

    /// <summary>y = A x for a block of lanes in rows of <paramref name="stride"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PackedMatrix<T> a, T* x, T* y, nint stride)
    {
        Debug.Assert(x is not null && y is not null && x != y, "A product needs a panel to read and another to write.");
        Debug.Assert(stride >= sizeof(S) / sizeof(T), "The rows of the panels overlap.");
        Debug.Assert(a.Rows <= (long)a.Panels * 24, "No tile has more than 24 rows.");
        T* w = a.Values;
        for (int panel = 0; panel < a.Panels; panel++)
        {
            int height = a.Height(panel);
            switch (height)
            {
                case 1: Tile<N1>(a.Depth, w, x, y, stride); break;
                case 2: Tile<N2>(a.Depth, w, x, y, stride); break;
                case 3: Tile<N3>(a.Depth, w, x, y, stride); break;
                case 4: Tile<N4>(a.Depth, w, x, y, stride); break;
                case 5: Tile<N5>(a.Depth, w, x, y, stride); break;
                case 6: Tile<N6>(a.Depth, w, x, y, stride); break;
                case 7: Tile<N7>(a.Depth, w, x, y, stride); break;
                case 8: Tile<N8>(a.Depth, w, x, y, stride); break;
                case 9: Tile<N9>(a.Depth, w, x, y, stride); break;
                case 10: Tile<N10>(a.Depth, w, x, y, stride); break;
                case 11: Tile<N11>(a.Depth, w, x, y, stride); break;
                case 12: Tile<N12>(a.Depth, w, x, y, stride); break;
                case 13: Tile<N13>(a.Depth, w, x, y, stride); break;
                case 14: Tile<N14>(a.Depth, w, x, y, stride); break;
                case 15: Tile<N15>(a.Depth, w, x, y, stride); break;
                case 16: Tile<N16>(a.Depth, w, x, y, stride); break;
                case 17: Tile<N17>(a.Depth, w, x, y, stride); break;
                case 18: Tile<N18>(a.Depth, w, x, y, stride); break;
                case 19: Tile<N19>(a.Depth, w, x, y, stride); break;
                case 20: Tile<N20>(a.Depth, w, x, y, stride); break;
                case 21: Tile<N21>(a.Depth, w, x, y, stride); break;
                case 22: Tile<N22>(a.Depth, w, x, y, stride); break;
                case 23: Tile<N23>(a.Depth, w, x, y, stride); break;
                case 24: Tile<N24>(a.Depth, w, x, y, stride); break;
            }
            w += (nint)height * a.Depth;
            y += height * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<R>(nint depth, T* w, T* x, T* y, nint stride)
        where R : struct, ICount
    {
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default,
          a8 = default, a9 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default,
          a16 = default, a17 = default, a18 = default, a19 = default, a20 = default, a21 = default, a22 = default, a23 = default;

        for (nint k = 0; k < depth; k++, w += R.N, x += stride)
        {
            S v = S.Load(x);
            a0 = S.MultiplyAdd(v, S.Broadcast(w[0]), a0);
            if (R.N > 1) a1 = S.MultiplyAdd(v, S.Broadcast(w[1]), a1);
            if (R.N > 2) a2 = S.MultiplyAdd(v, S.Broadcast(w[2]), a2);
            if (R.N > 3) a3 = S.MultiplyAdd(v, S.Broadcast(w[3]), a3);
            if (R.N > 4) a4 = S.MultiplyAdd(v, S.Broadcast(w[4]), a4);
            if (R.N > 5) a5 = S.MultiplyAdd(v, S.Broadcast(w[5]), a5);
            if (R.N > 6) a6 = S.MultiplyAdd(v, S.Broadcast(w[6]), a6);
            if (R.N > 7) a7 = S.MultiplyAdd(v, S.Broadcast(w[7]), a7);
            if (R.N > 8) a8 = S.MultiplyAdd(v, S.Broadcast(w[8]), a8);
            if (R.N > 9) a9 = S.MultiplyAdd(v, S.Broadcast(w[9]), a9);
            if (R.N > 10) a10 = S.MultiplyAdd(v, S.Broadcast(w[10]), a10);
            if (R.N > 11) a11 = S.MultiplyAdd(v, S.Broadcast(w[11]), a11);
            if (R.N > 12) a12 = S.MultiplyAdd(v, S.Broadcast(w[12]), a12);
            if (R.N > 13) a13 = S.MultiplyAdd(v, S.Broadcast(w[13]), a13);
            if (R.N > 14) a14 = S.MultiplyAdd(v, S.Broadcast(w[14]), a14);
            if (R.N > 15) a15 = S.MultiplyAdd(v, S.Broadcast(w[15]), a15);
            if (R.N > 16) a16 = S.MultiplyAdd(v, S.Broadcast(w[16]), a16);
            if (R.N > 17) a17 = S.MultiplyAdd(v, S.Broadcast(w[17]), a17);
            if (R.N > 18) a18 = S.MultiplyAdd(v, S.Broadcast(w[18]), a18);
            if (R.N > 19) a19 = S.MultiplyAdd(v, S.Broadcast(w[19]), a19);
            if (R.N > 20) a20 = S.MultiplyAdd(v, S.Broadcast(w[20]), a20);
            if (R.N > 21) a21 = S.MultiplyAdd(v, S.Broadcast(w[21]), a21);
            if (R.N > 22) a22 = S.MultiplyAdd(v, S.Broadcast(w[22]), a22);
            if (R.N > 23) a23 = S.MultiplyAdd(v, S.Broadcast(w[23]), a23);
        }

        a0.Store(y);
        if (R.N > 1) a1.Store(y + (1 * stride));
        if (R.N > 2) a2.Store(y + (2 * stride));
        if (R.N > 3) a3.Store(y + (3 * stride));
        if (R.N > 4) a4.Store(y + (4 * stride));
        if (R.N > 5) a5.Store(y + (5 * stride));
        if (R.N > 6) a6.Store(y + (6 * stride));
        if (R.N > 7) a7.Store(y + (7 * stride));
        if (R.N > 8) a8.Store(y + (8 * stride));
        if (R.N > 9) a9.Store(y + (9 * stride));
        if (R.N > 10) a10.Store(y + (10 * stride));
        if (R.N > 11) a11.Store(y + (11 * stride));
        if (R.N > 12) a12.Store(y + (12 * stride));
        if (R.N > 13) a13.Store(y + (13 * stride));
        if (R.N > 14) a14.Store(y + (14 * stride));
        if (R.N > 15) a15.Store(y + (15 * stride));
        if (R.N > 16) a16.Store(y + (16 * stride));
        if (R.N > 17) a17.Store(y + (17 * stride));
        if (R.N > 18) a18.Store(y + (18 * stride));
        if (R.N > 19) a19.Store(y + (19 * stride));
        if (R.N > 20) a20.Store(y + (20 * stride));
        if (R.N > 21) a21.Store(y + (21 * stride));
        if (R.N > 22) a22.Store(y + (22 * stride));
        if (R.N > 23) a23.Store(y + (23 * stride));
    }
}
