using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// C += sum over t of x_t y_t', lane by lane: the weight gradient of a product over a block of time steps.
/// </summary>
/// <remarks>
/// C (rows x columns x lanes), x_t (rows x lanes), y_t (columns x lanes). The lanes are summed only once, at the end of all
/// blocks (<see cref="AddSums"/>): horizontal sums at every step cost 4 to 11 times as much. Best while C fits the
/// first caches.
/// </remarks>
internal static unsafe class LaneProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Adds the products of <paramref name="steps"/> steps; x and y advance by their strides (in values) from step to step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(T* c, int rows, int columns, T* x, nint xStride, T* y, nint yStride, int steps)
    {
        int lanes = sizeof(S) / sizeof(T);
        Debug.Assert(c is not null && x is not null && y is not null && steps >= 0, "A product of panels needs panels.");
        Debug.Assert(
            steps <= 1 || (Math.Abs(xStride) >= (nint)rows * lanes && Math.Abs(yStride) >= (nint)columns * lanes),
            "The panels of two steps overlap.");
        int tallest = S.Accumulators >= 16 ? 4 : S.Accumulators >= 6 ? 2 : 1;
        for (int i = 0; i < rows;)
        {
            int height = Tiling.Balanced(rows - i, tallest);
            // Sixteen or so accumulators: the JIT gives up inlining somewhere above.
            int widest = height switch { 4 => 4, 3 => 6, _ => 8 };
            widest = Math.Min(widest, Math.Max(1, S.Accumulators / height));
            for (int j = 0; j < columns;)
            {
                int width = Tiling.Balanced(columns - j, widest);
                Operands operands = new(
                    c + ((((nint)i * columns) + j) * lanes),
                    (nint)columns * lanes,
                    x + ((nint)i * lanes),
                    xStride,
                    y + ((nint)j * lanes),
                    yStride,
                    steps);
                Multiply(height, width, operands);
                j += width;
            }
            i += height;
        }
    }

    /// <summary>target += the sums over the lanes of <paramref name="count"/> accumulated values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSums(T* c, int count, T* target)
    {
        for (nint i = 0; i < count; i++)
            target[i] += S.Sum(S.Load(c + (i * (sizeof(S) / sizeof(T)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(int height, int width, in Operands operands)
    {
        switch (height, width)
        {
            case (1, 1): Pair<N1>(operands); break;
            case (1, 2): Pair<N2>(operands); break;
            case (1, 3): Tile<N1, N3, N3>(operands); break;
            case (1, 4): Tile<N1, N4, N4>(operands); break;
            case (1, 5): Tile<N1, N5, N5>(operands); break;
            case (1, 6): Tile<N1, N6, N6>(operands); break;
            case (1, 7): Tile<N1, N7, N7>(operands); break;
            case (1, 8): Tile<N1, N8, N8>(operands); break;
            case (2, 1): Tile<N2, N1, N2>(operands); break;
            case (2, 2): Tile<N2, N2, N4>(operands); break;
            case (2, 3): Tile<N2, N3, N6>(operands); break;
            case (2, 4): Tile<N2, N4, N8>(operands); break;
            case (2, 5): Tile<N2, N5, N10>(operands); break;
            case (2, 6): Tile<N2, N6, N12>(operands); break;
            case (2, 7): Tile<N2, N7, N14>(operands); break;
            case (2, 8): Tile<N2, N8, N16>(operands); break;
            case (3, 1): Tile<N3, N1, N3>(operands); break;
            case (3, 2): Tile<N3, N2, N6>(operands); break;
            case (3, 3): Tile<N3, N3, N9>(operands); break;
            case (3, 4): Tile<N3, N4, N12>(operands); break;
            case (3, 5): Tile<N3, N5, N15>(operands); break;
            case (3, 6): Tile<N3, N6, N18>(operands); break;
            case (4, 1): Tile<N4, N1, N4>(operands); break;
            case (4, 2): Tile<N4, N2, N8>(operands); break;
            case (4, 3): Tile<N4, N3, N12>(operands); break;
            case (4, 4): Tile<N4, N4, N16>(operands); break;
        }
    }

    // Where a block is four registers the JIT puts the accumulators of a tile that names 24 of them into memory, used or not. Such
    // registers have room for two: a method that names no more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Pair<J>(in Operands operands)
        where J : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        T* c = operands.C, x = operands.X, y = operands.Y;
        nint xStride = operands.XStride, yStride = operands.YStride;
        S a0 = S.Load(c), a1 = default;
        if (J.N > 1) a1 = S.Load(c + lanes);
        for (int t = operands.Steps; t > 0; t--, x += xStride, y += yStride)
        {
            a0 = S.MultiplyAdd(S.Load(x), S.Load(y), a0);
            if (J.N > 1) a1 = S.MultiplyAdd(S.Load(x), S.Load(y + lanes), a1);
        }
        a0.Store(c);
        if (J.N > 1) a1.Store(c + lanes);
    }

    // Accumulator n of P = I * J is the element (n / J, n % J) of the tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<I, J, P>(in Operands operands)
        where I : struct, ICount
        where J : struct, ICount
        where P : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        T* c = operands.C, x = operands.X, y = operands.Y;
        nint row = operands.Row, xStride = operands.XStride, yStride = operands.YStride;
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default,
          a8 = default, a9 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default,
          a16 = default, a17 = default, a18 = default, a19 = default, a20 = default, a21 = default, a22 = default, a23 = default;
        a0 = S.Load(c);
        if (P.N > 1) a1 = S.Load(c + (1 / J.N * row) + (1 % J.N * lanes));
        if (P.N > 2) a2 = S.Load(c + (2 / J.N * row) + (2 % J.N * lanes));
        if (P.N > 3) a3 = S.Load(c + (3 / J.N * row) + (3 % J.N * lanes));
        if (P.N > 4) a4 = S.Load(c + (4 / J.N * row) + (4 % J.N * lanes));
        if (P.N > 5) a5 = S.Load(c + (5 / J.N * row) + (5 % J.N * lanes));
        if (P.N > 6) a6 = S.Load(c + (6 / J.N * row) + (6 % J.N * lanes));
        if (P.N > 7) a7 = S.Load(c + (7 / J.N * row) + (7 % J.N * lanes));
        if (P.N > 8) a8 = S.Load(c + (8 / J.N * row) + (8 % J.N * lanes));
        if (P.N > 9) a9 = S.Load(c + (9 / J.N * row) + (9 % J.N * lanes));
        if (P.N > 10) a10 = S.Load(c + (10 / J.N * row) + (10 % J.N * lanes));
        if (P.N > 11) a11 = S.Load(c + (11 / J.N * row) + (11 % J.N * lanes));
        if (P.N > 12) a12 = S.Load(c + (12 / J.N * row) + (12 % J.N * lanes));
        if (P.N > 13) a13 = S.Load(c + (13 / J.N * row) + (13 % J.N * lanes));
        if (P.N > 14) a14 = S.Load(c + (14 / J.N * row) + (14 % J.N * lanes));
        if (P.N > 15) a15 = S.Load(c + (15 / J.N * row) + (15 % J.N * lanes));
        if (P.N > 16) a16 = S.Load(c + (16 / J.N * row) + (16 % J.N * lanes));
        if (P.N > 17) a17 = S.Load(c + (17 / J.N * row) + (17 % J.N * lanes));
        if (P.N > 18) a18 = S.Load(c + (18 / J.N * row) + (18 % J.N * lanes));
        if (P.N > 19) a19 = S.Load(c + (19 / J.N * row) + (19 % J.N * lanes));
        if (P.N > 20) a20 = S.Load(c + (20 / J.N * row) + (20 % J.N * lanes));
        if (P.N > 21) a21 = S.Load(c + (21 / J.N * row) + (21 % J.N * lanes));
        if (P.N > 22) a22 = S.Load(c + (22 / J.N * row) + (22 % J.N * lanes));
        if (P.N > 23) a23 = S.Load(c + (23 / J.N * row) + (23 % J.N * lanes));
        for (int t = operands.Steps; t > 0; t--, x += xStride, y += yStride)
        {
            a0 = S.MultiplyAdd(S.Load(x), S.Load(y), a0);
            if (P.N > 1) a1 = S.MultiplyAdd(S.Load(x + (1 / J.N * lanes)), S.Load(y + (1 % J.N * lanes)), a1);
            if (P.N > 2) a2 = S.MultiplyAdd(S.Load(x + (2 / J.N * lanes)), S.Load(y + (2 % J.N * lanes)), a2);
            if (P.N > 3) a3 = S.MultiplyAdd(S.Load(x + (3 / J.N * lanes)), S.Load(y + (3 % J.N * lanes)), a3);
            if (P.N > 4) a4 = S.MultiplyAdd(S.Load(x + (4 / J.N * lanes)), S.Load(y + (4 % J.N * lanes)), a4);
            if (P.N > 5) a5 = S.MultiplyAdd(S.Load(x + (5 / J.N * lanes)), S.Load(y + (5 % J.N * lanes)), a5);
            if (P.N > 6) a6 = S.MultiplyAdd(S.Load(x + (6 / J.N * lanes)), S.Load(y + (6 % J.N * lanes)), a6);
            if (P.N > 7) a7 = S.MultiplyAdd(S.Load(x + (7 / J.N * lanes)), S.Load(y + (7 % J.N * lanes)), a7);
            if (P.N > 8) a8 = S.MultiplyAdd(S.Load(x + (8 / J.N * lanes)), S.Load(y + (8 % J.N * lanes)), a8);
            if (P.N > 9) a9 = S.MultiplyAdd(S.Load(x + (9 / J.N * lanes)), S.Load(y + (9 % J.N * lanes)), a9);
            if (P.N > 10) a10 = S.MultiplyAdd(S.Load(x + (10 / J.N * lanes)), S.Load(y + (10 % J.N * lanes)), a10);
            if (P.N > 11) a11 = S.MultiplyAdd(S.Load(x + (11 / J.N * lanes)), S.Load(y + (11 % J.N * lanes)), a11);
            if (P.N > 12) a12 = S.MultiplyAdd(S.Load(x + (12 / J.N * lanes)), S.Load(y + (12 % J.N * lanes)), a12);
            if (P.N > 13) a13 = S.MultiplyAdd(S.Load(x + (13 / J.N * lanes)), S.Load(y + (13 % J.N * lanes)), a13);
            if (P.N > 14) a14 = S.MultiplyAdd(S.Load(x + (14 / J.N * lanes)), S.Load(y + (14 % J.N * lanes)), a14);
            if (P.N > 15) a15 = S.MultiplyAdd(S.Load(x + (15 / J.N * lanes)), S.Load(y + (15 % J.N * lanes)), a15);
            if (P.N > 16) a16 = S.MultiplyAdd(S.Load(x + (16 / J.N * lanes)), S.Load(y + (16 % J.N * lanes)), a16);
            if (P.N > 17) a17 = S.MultiplyAdd(S.Load(x + (17 / J.N * lanes)), S.Load(y + (17 % J.N * lanes)), a17);
            if (P.N > 18) a18 = S.MultiplyAdd(S.Load(x + (18 / J.N * lanes)), S.Load(y + (18 % J.N * lanes)), a18);
            if (P.N > 19) a19 = S.MultiplyAdd(S.Load(x + (19 / J.N * lanes)), S.Load(y + (19 % J.N * lanes)), a19);
            if (P.N > 20) a20 = S.MultiplyAdd(S.Load(x + (20 / J.N * lanes)), S.Load(y + (20 % J.N * lanes)), a20);
            if (P.N > 21) a21 = S.MultiplyAdd(S.Load(x + (21 / J.N * lanes)), S.Load(y + (21 % J.N * lanes)), a21);
            if (P.N > 22) a22 = S.MultiplyAdd(S.Load(x + (22 / J.N * lanes)), S.Load(y + (22 % J.N * lanes)), a22);
            if (P.N > 23) a23 = S.MultiplyAdd(S.Load(x + (23 / J.N * lanes)), S.Load(y + (23 % J.N * lanes)), a23);
        }

        a0.Store(c);
        if (P.N > 1) a1.Store(c + (1 / J.N * row) + (1 % J.N * lanes));
        if (P.N > 2) a2.Store(c + (2 / J.N * row) + (2 % J.N * lanes));
        if (P.N > 3) a3.Store(c + (3 / J.N * row) + (3 % J.N * lanes));
        if (P.N > 4) a4.Store(c + (4 / J.N * row) + (4 % J.N * lanes));
        if (P.N > 5) a5.Store(c + (5 / J.N * row) + (5 % J.N * lanes));
        if (P.N > 6) a6.Store(c + (6 / J.N * row) + (6 % J.N * lanes));
        if (P.N > 7) a7.Store(c + (7 / J.N * row) + (7 % J.N * lanes));
        if (P.N > 8) a8.Store(c + (8 / J.N * row) + (8 % J.N * lanes));
        if (P.N > 9) a9.Store(c + (9 / J.N * row) + (9 % J.N * lanes));
        if (P.N > 10) a10.Store(c + (10 / J.N * row) + (10 % J.N * lanes));
        if (P.N > 11) a11.Store(c + (11 / J.N * row) + (11 % J.N * lanes));
        if (P.N > 12) a12.Store(c + (12 / J.N * row) + (12 % J.N * lanes));
        if (P.N > 13) a13.Store(c + (13 / J.N * row) + (13 % J.N * lanes));
        if (P.N > 14) a14.Store(c + (14 / J.N * row) + (14 % J.N * lanes));
        if (P.N > 15) a15.Store(c + (15 / J.N * row) + (15 % J.N * lanes));
        if (P.N > 16) a16.Store(c + (16 / J.N * row) + (16 % J.N * lanes));
        if (P.N > 17) a17.Store(c + (17 / J.N * row) + (17 % J.N * lanes));
        if (P.N > 18) a18.Store(c + (18 / J.N * row) + (18 % J.N * lanes));
        if (P.N > 19) a19.Store(c + (19 / J.N * row) + (19 % J.N * lanes));
        if (P.N > 20) a20.Store(c + (20 / J.N * row) + (20 % J.N * lanes));
        if (P.N > 21) a21.Store(c + (21 / J.N * row) + (21 % J.N * lanes));
        if (P.N > 22) a22.Store(c + (22 / J.N * row) + (22 % J.N * lanes));
        if (P.N > 23) a23.Store(c + (23 / J.N * row) + (23 % J.N * lanes));
    }

    private readonly struct Operands(T* c, nint row, T* x, nint xStride, T* y, nint yStride, int steps)
    {
        public readonly T* C = c, X = x, Y = y;
        public readonly nint Row = row, XStride = xStride, YStride = yStride;
        public readonly int Steps = steps;
    }
}
