using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// The product of some columns of a matrix with a panel of lanes, each times a factor: y = sum over k of f_k A[:, s_k] x[s_k, :]
/// (rows x lanes). What the inactive units of a piecewise-linear network would contribute is never computed.
/// </summary>
/// <remarks>A form of <see cref="PanelProduct{S, T}"/>, with the same packing.</remarks>
internal static unsafe class SelectedPanelProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// y from the <paramref name="count"/> columns selected, for a block of lanes in rows of <paramref name="stride"/> values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PackedMatrix<T> a, T* x, T* y, nint stride, nint* selected, T* factors, int count)
    {
        T* w = a.Values;
        for (int panel = 0; panel < a.Panels; panel++)
        {
            int height = a.Height(panel);
            switch (height)
            {
                case 1: Tile<N1>(w, x, y, stride, selected, factors, count); break;
                case 2: Tile<N2>(w, x, y, stride, selected, factors, count); break;
                case 3: Tile<N3>(w, x, y, stride, selected, factors, count); break;
                case 4: Tile<N4>(w, x, y, stride, selected, factors, count); break;
                case 5: Tile<N5>(w, x, y, stride, selected, factors, count); break;
                case 6: Tile<N6>(w, x, y, stride, selected, factors, count); break;
                case 7: Tile<N7>(w, x, y, stride, selected, factors, count); break;
                case 8: Tile<N8>(w, x, y, stride, selected, factors, count); break;
                case 9: Tile<N9>(w, x, y, stride, selected, factors, count); break;
                case 10: Tile<N10>(w, x, y, stride, selected, factors, count); break;
                case 11: Tile<N11>(w, x, y, stride, selected, factors, count); break;
                case 12: Tile<N12>(w, x, y, stride, selected, factors, count); break;
                case 13: Tile<N13>(w, x, y, stride, selected, factors, count); break;
                case 14: Tile<N14>(w, x, y, stride, selected, factors, count); break;
                case 15: Tile<N15>(w, x, y, stride, selected, factors, count); break;
                case 16: Tile<N16>(w, x, y, stride, selected, factors, count); break;
                case 17: Tile<N17>(w, x, y, stride, selected, factors, count); break;
                case 18: Tile<N18>(w, x, y, stride, selected, factors, count); break;
                case 19: Tile<N19>(w, x, y, stride, selected, factors, count); break;
                case 20: Tile<N20>(w, x, y, stride, selected, factors, count); break;
                case 21: Tile<N21>(w, x, y, stride, selected, factors, count); break;
                case 22: Tile<N22>(w, x, y, stride, selected, factors, count); break;
                case 23: Tile<N23>(w, x, y, stride, selected, factors, count); break;
                case 24: Tile<N24>(w, x, y, stride, selected, factors, count); break;
            }
            w += (nint)height * a.Depth;
            y += height * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<R>(T* panel, T* x, T* y, nint stride, nint* selected, T* factors, int count)
        where R : struct, ICount
    {
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default,
          a8 = default, a9 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default,
          a16 = default, a17 = default, a18 = default, a19 = default, a20 = default, a21 = default, a22 = default, a23 = default;

        for (nint s = 0; s < count; s++)
        {
            nint k = selected[s];
            T* w = panel + (k * R.N);
            S v = S.Load(x + (k * stride)) * S.Broadcast(factors[s]);
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
