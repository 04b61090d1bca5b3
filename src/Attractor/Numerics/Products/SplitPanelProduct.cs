using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// <see cref="PanelProduct{S, T}"/> for a matrix of few rows: the sum over k is split into several
/// interleaved ones, because fewer accumulators than the multiply-add has cycles of latency would leave it idle.
/// </summary>
internal static unsafe class SplitPanelProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaxRows = 7, MaxAccumulators = 18;

    /// <summary>Whether splitting the sum pays for a matrix of this many rows.</summary>
    public static bool Pays(int rows) => rows <= MaxRows && 2 * rows <= S.Accumulators;

    /// <summary>y = A x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PackedMatrix<T> a, T* x, T* y)
    {
        if (S.Accumulators < 6)
        {
            Tile<N1, N2, N2>(a.Depth, a.Values, x, y);
        }
        else if (S.Accumulators < 16)
        {
            switch (a.Rows)
            {
                case 1: Tile<N1, N6, N6>(a.Depth, a.Values, x, y); break;
                case 2: Tile<N2, N3, N6>(a.Depth, a.Values, x, y); break;
                default: Tile<N3, N2, N6>(a.Depth, a.Values, x, y); break;
            }
        }
        else
        {
            switch (a.Rows)
            {
                case 1: Tile<N1, N8, N8>(a.Depth, a.Values, x, y); break;
                case 2: Tile<N2, N8, N16>(a.Depth, a.Values, x, y); break;
                case 3: Tile<N3, N6, N18>(a.Depth, a.Values, x, y); break;
                case 4: Tile<N4, N4, N16>(a.Depth, a.Values, x, y); break;
                case 5: Tile<N5, N3, N15>(a.Depth, a.Values, x, y); break;
                case 6: Tile<N6, N3, N18>(a.Depth, a.Values, x, y); break;
                default: Tile<N7, N2, N14>(a.Depth, a.Values, x, y); break;
            }
        }
    }

    // Accumulator i of P = R * K belongs to row i % R and to every k with k % K = i / R.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<R, K, P>(nint depth, T* w, T* x, T* y)
        where R : struct, ICount
        where K : struct, ICount
        where P : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default,
          a8 = default, a9 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default,
          a16 = default, a17 = default;
        nint k = 0;
        for (; k <= depth - K.N; k += K.N, w += P.N, x += K.N * lanes)
        {
            a0 = S.MultiplyAdd(S.Load(x), S.Broadcast(w[0]), a0);
            if (P.N > 1) a1 = S.MultiplyAdd(S.Load(x + (1 / R.N * lanes)), S.Broadcast(w[1]), a1);
            if (P.N > 2) a2 = S.MultiplyAdd(S.Load(x + (2 / R.N * lanes)), S.Broadcast(w[2]), a2);
            if (P.N > 3) a3 = S.MultiplyAdd(S.Load(x + (3 / R.N * lanes)), S.Broadcast(w[3]), a3);
            if (P.N > 4) a4 = S.MultiplyAdd(S.Load(x + (4 / R.N * lanes)), S.Broadcast(w[4]), a4);
            if (P.N > 5) a5 = S.MultiplyAdd(S.Load(x + (5 / R.N * lanes)), S.Broadcast(w[5]), a5);
            if (P.N > 6) a6 = S.MultiplyAdd(S.Load(x + (6 / R.N * lanes)), S.Broadcast(w[6]), a6);
            if (P.N > 7) a7 = S.MultiplyAdd(S.Load(x + (7 / R.N * lanes)), S.Broadcast(w[7]), a7);
            if (P.N > 8) a8 = S.MultiplyAdd(S.Load(x + (8 / R.N * lanes)), S.Broadcast(w[8]), a8);
            if (P.N > 9) a9 = S.MultiplyAdd(S.Load(x + (9 / R.N * lanes)), S.Broadcast(w[9]), a9);
            if (P.N > 10) a10 = S.MultiplyAdd(S.Load(x + (10 / R.N * lanes)), S.Broadcast(w[10]), a10);
            if (P.N > 11) a11 = S.MultiplyAdd(S.Load(x + (11 / R.N * lanes)), S.Broadcast(w[11]), a11);
            if (P.N > 12) a12 = S.MultiplyAdd(S.Load(x + (12 / R.N * lanes)), S.Broadcast(w[12]), a12);
            if (P.N > 13) a13 = S.MultiplyAdd(S.Load(x + (13 / R.N * lanes)), S.Broadcast(w[13]), a13);
            if (P.N > 14) a14 = S.MultiplyAdd(S.Load(x + (14 / R.N * lanes)), S.Broadcast(w[14]), a14);
            if (P.N > 15) a15 = S.MultiplyAdd(S.Load(x + (15 / R.N * lanes)), S.Broadcast(w[15]), a15);
            if (P.N > 16) a16 = S.MultiplyAdd(S.Load(x + (16 / R.N * lanes)), S.Broadcast(w[16]), a16);
            if (P.N > 17) a17 = S.MultiplyAdd(S.Load(x + (17 / R.N * lanes)), S.Broadcast(w[17]), a17);
        }

        for (; k < depth; k++, w += R.N, x += lanes)
        {
            S v = S.Load(x);
            a0 = S.MultiplyAdd(v, S.Broadcast(w[0]), a0);
            if (R.N > 1) a1 = S.MultiplyAdd(v, S.Broadcast(w[1]), a1);
            if (R.N > 2) a2 = S.MultiplyAdd(v, S.Broadcast(w[2]), a2);
            if (R.N > 3) a3 = S.MultiplyAdd(v, S.Broadcast(w[3]), a3);
            if (R.N > 4) a4 = S.MultiplyAdd(v, S.Broadcast(w[4]), a4);
            if (R.N > 5) a5 = S.MultiplyAdd(v, S.Broadcast(w[5]), a5);
            if (R.N > 6) a6 = S.MultiplyAdd(v, S.Broadcast(w[6]), a6);
        }

        S* sums = stackalloc S[MaxAccumulators];
        sums[0] = a0;
        if (P.N > 1) sums[1] = a1;
        if (P.N > 2) sums[2] = a2;
        if (P.N > 3) sums[3] = a3;
        if (P.N > 4) sums[4] = a4;
        if (P.N > 5) sums[5] = a5;
        if (P.N > 6) sums[6] = a6;
        if (P.N > 7) sums[7] = a7;
        if (P.N > 8) sums[8] = a8;
        if (P.N > 9) sums[9] = a9;
        if (P.N > 10) sums[10] = a10;
        if (P.N > 11) sums[11] = a11;
        if (P.N > 12) sums[12] = a12;
        if (P.N > 13) sums[13] = a13;
        if (P.N > 14) sums[14] = a14;
        if (P.N > 15) sums[15] = a15;
        if (P.N > 16) sums[16] = a16;
        if (P.N > 17) sums[17] = a17;
        for (int i = 0; i < R.N; i++)
        {
            S sum = sums[i];
            for (int j = 1; j < K.N; j++)
                sum += sums[i + (j * R.N)];
            sum.Store(y + (i * lanes));
        }
    }
}
