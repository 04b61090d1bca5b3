using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// <see cref="PanelProduct{S, T}"/> for a matrix of few columns: x stays in registers, the loop goes over the rows, and the
/// epilogue takes each row before it has been in memory.
/// </summary>
internal static unsafe class NarrowProduct<S, T, TEpilogue>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<S, T>
{
    private const int MaxDepth = 8;

    /// <summary>Whether x of this depth fits in the registers.</summary>
    public static bool Fits(int depth) => depth <= MaxDepth && S.Accumulators > MaxDepth;

    /// <summary>Hands each row of A x to the epilogue; A is packed in panels of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(PackedMatrix<T> a, T* x, TEpilogue epilogue)
    {
        Debug.Assert(Fits(a.Depth) && a.Panels == Math.Max(1, a.Rows), "A narrow product is that of few columns, packed row by row.");
        Debug.Assert(x is not null, "There is no panel to multiply with.");
        switch (a.Depth)
        {
            case 1: Rows<N1>(a, x, epilogue); break;
            case 2: Rows<N2>(a, x, epilogue); break;
            case 3: Rows<N3>(a, x, epilogue); break;
            case 4: Rows<N4>(a, x, epilogue); break;
            case 5: Rows<N5>(a, x, epilogue); break;
            case 6: Rows<N6>(a, x, epilogue); break;
            case 7: Rows<N7>(a, x, epilogue); break;
            default: Rows<N8>(a, x, epilogue); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Rows<K>(PackedMatrix<T> matrix, T* x, TEpilogue epilogue)
        where K : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        S x0 = S.Load(x), x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default;
        if (K.N > 1) x1 = S.Load(x + lanes);
        if (K.N > 2) x2 = S.Load(x + (2 * lanes));
        if (K.N > 3) x3 = S.Load(x + (3 * lanes));
        if (K.N > 4) x4 = S.Load(x + (4 * lanes));
        if (K.N > 5) x5 = S.Load(x + (5 * lanes));
        if (K.N > 6) x6 = S.Load(x + (6 * lanes));
        if (K.N > 7) x7 = S.Load(x + (7 * lanes));
        T* w = matrix.Values;
        nint rows = matrix.Rows;
        for (nint row = 0; row < rows; row++, w += K.N)
        {
            S a = epilogue.Start(row);
            a = S.MultiplyAdd(x0, S.Broadcast(w[0]), a);
            if (K.N > 1) a = S.MultiplyAdd(x1, S.Broadcast(w[1]), a);
            if (K.N > 2) a = S.MultiplyAdd(x2, S.Broadcast(w[2]), a);
            if (K.N > 3) a = S.MultiplyAdd(x3, S.Broadcast(w[3]), a);
            if (K.N > 4) a = S.MultiplyAdd(x4, S.Broadcast(w[4]), a);
            if (K.N > 5) a = S.MultiplyAdd(x5, S.Broadcast(w[5]), a);
            if (K.N > 6) a = S.MultiplyAdd(x6, S.Broadcast(w[6]), a);
            if (K.N > 7) a = S.MultiplyAdd(x7, S.Broadcast(w[7]), a);
            epilogue.Finish(row, a);
        }
    }
}
