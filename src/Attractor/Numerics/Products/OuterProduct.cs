using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attractor.Numerics;

/// <summary>
/// C += sum over t and lanes of x_t y_t': the weight gradient of a large product, summed over the lanes at once.
/// </summary>
/// <remarks>
/// C (rows x columns, columns contiguous and padded to whole blocks), x_t (rows x lanes), y_t (columns x lanes). The y are transposed once,
/// block by block, so that their columns lie in the lanes; then each lane of each step is an outer product, whose x the
/// processor broadcasts from memory. Unlike <see cref="LaneProduct{S, T}"/> the accumulators are as small as the gradient itself.
/// </remarks>
internal static unsafe class OuterProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y_t (columns x lanes) of consecutive steps to (steps * lanes) rows of <paramref name="padded"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(T* y, nint yStride, int columns, int steps, T* transposed, nint padded)
    {
        int lanes = sizeof(S) / sizeof(T);
        for (int t = 0; t < steps; t++, y += yStride, transposed += padded * lanes)
            for (nint j = 0; j < columns; j += lanes)
            {
                int width = (int)Math.Min(lanes, columns - j);
                if (width == lanes)
                    Numerics.Transpose.Block(y + (j * lanes), transposed + j, padded, lanes);
                else
                    for (int lane = 0; lane < lanes; lane++)
                        for (nint i = 0; i < width; i++)
                            transposed[(lane * padded) + j + i] = y[((j + i) * lanes) + lane];
            }
    }

    /// <summary>Adds the products of <paramref name="steps"/> steps to C.</summary>
    public static void Accumulate(T* c, int rows, T* x, nint xStride, T* transposed, nint padded, int steps)
        => Accumulate(c, rows, x, xStride, transposed, padded, steps, padded);

    /// <summary>The same for the first <paramref name="columns"/> of C, whole blocks of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(T* c, int rows, T* x, nint xStride, T* transposed, nint padded, int steps, nint columns)
    {
        int lanes = sizeof(S) / sizeof(T);
        int tallest = S.Accumulators >= 16 ? 8 : S.Accumulators;
        int blocks = (int)(columns / lanes), widest = S.Accumulators >= 16 ? 3 : 1;
        for (int j = 0; j < blocks;)
        {
            int width = Tiling.Balanced(blocks - j, widest);
            for (int i = 0; i < rows;)
            {
                int height = Tiling.Balanced(rows - i, tallest);
                Multiply(
                    height,
                    width,
                    new(c + (i * padded) + (j * lanes), padded, x + ((nint)i * lanes), xStride, transposed + (j * lanes), steps));
                i += height;
            }
            j += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(int height, int width, in Operands operands)
    {
        switch (height, width)
        {
            case (1, 1): Tile<N1, N1, N1>(operands); break;
            case (2, 1): Tile<N2, N1, N2>(operands); break;
            case (3, 1): Tile<N3, N1, N3>(operands); break;
            case (4, 1): Tile<N4, N1, N4>(operands); break;
            case (5, 1): Tile<N5, N1, N5>(operands); break;
            case (6, 1): Tile<N6, N1, N6>(operands); break;
            case (7, 1): Tile<N7, N1, N7>(operands); break;
            case (8, 1): Tile<N8, N1, N8>(operands); break;
            case (1, 2): Tile<N1, N2, N2>(operands); break;
            case (2, 2): Tile<N2, N2, N4>(operands); break;
            case (3, 2): Tile<N3, N2, N6>(operands); break;
            case (4, 2): Tile<N4, N2, N8>(operands); break;
            case (5, 2): Tile<N5, N2, N10>(operands); break;
            case (6, 2): Tile<N6, N2, N12>(operands); break;
            case (7, 2): Tile<N7, N2, N14>(operands); break;
            case (8, 2): Tile<N8, N2, N16>(operands); break;
            case (1, 3): Tile<N1, N3, N3>(operands); break;
            case (2, 3): Tile<N2, N3, N6>(operands); break;
            case (3, 3): Tile<N3, N3, N9>(operands); break;
            case (4, 3): Tile<N4, N3, N12>(operands); break;
            case (5, 3): Tile<N5, N3, N15>(operands); break;
            case (6, 3): Tile<N6, N3, N18>(operands); break;
            case (7, 3): Tile<N7, N3, N21>(operands); break;
            case (8, 3): Tile<N8, N3, N24>(operands); break;
        }
    }

    // Accumulator n of P = I * J is row n / J and block of columns n % J of the tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<I, J, P>(in Operands operands)
        where I : struct, ICount
        where J : struct, ICount
        where P : struct, ICount
    {
        int lanes = sizeof(S) / sizeof(T);
        T* c = operands.C, x = operands.X, y = operands.Y;
        nint padded = operands.Padded, xStride = operands.XStride;
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default,
          a8 = default, a9 = default, a10 = default, a11 = default, a12 = default, a13 = default, a14 = default, a15 = default,
          a16 = default, a17 = default, a18 = default, a19 = default, a20 = default, a21 = default, a22 = default, a23 = default;
        for (int t = operands.Steps; t > 0; t--, x += xStride)
            for (nint lane = 0; lane < lanes; lane++, y += padded)
            {
                S y0 = S.Load(y), y1 = J.N > 1 ? S.Load(y + lanes) : default, y2 = J.N > 2 ? S.Load(y + (2 * lanes)) : default;
                a0 = S.MultiplyAdd(S.Broadcast(x[lane]), y0, a0);
                if (P.N > 1) a1 = S.MultiplyAdd(S.Broadcast(x[(1 / J.N * lanes) + lane]), 1 % J.N == 0 ? y0 : 1 % J.N == 1 ? y1 : y2, a1);
                if (P.N > 2) a2 = S.MultiplyAdd(S.Broadcast(x[(2 / J.N * lanes) + lane]), 2 % J.N == 0 ? y0 : 2 % J.N == 1 ? y1 : y2, a2);
                if (P.N > 3) a3 = S.MultiplyAdd(S.Broadcast(x[(3 / J.N * lanes) + lane]), 3 % J.N == 0 ? y0 : 3 % J.N == 1 ? y1 : y2, a3);
                if (P.N > 4) a4 = S.MultiplyAdd(S.Broadcast(x[(4 / J.N * lanes) + lane]), 4 % J.N == 0 ? y0 : 4 % J.N == 1 ? y1 : y2, a4);
                if (P.N > 5) a5 = S.MultiplyAdd(S.Broadcast(x[(5 / J.N * lanes) + lane]), 5 % J.N == 0 ? y0 : 5 % J.N == 1 ? y1 : y2, a5);
                if (P.N > 6) a6 = S.MultiplyAdd(S.Broadcast(x[(6 / J.N * lanes) + lane]), 6 % J.N == 0 ? y0 : 6 % J.N == 1 ? y1 : y2, a6);
                if (P.N > 7) a7 = S.MultiplyAdd(S.Broadcast(x[(7 / J.N * lanes) + lane]), 7 % J.N == 0 ? y0 : 7 % J.N == 1 ? y1 : y2, a7);
                if (P.N > 8) a8 = S.MultiplyAdd(S.Broadcast(x[(8 / J.N * lanes) + lane]), 8 % J.N == 0 ? y0 : 8 % J.N == 1 ? y1 : y2, a8);
                if (P.N > 9) a9 = S.MultiplyAdd(S.Broadcast(x[(9 / J.N * lanes) + lane]), 9 % J.N == 0 ? y0 : 9 % J.N == 1 ? y1 : y2, a9);
                if (P.N > 10)
                    a10 = S.MultiplyAdd(S.Broadcast(x[(10 / J.N * lanes) + lane]), 10 % J.N == 0 ? y0 : 10 % J.N == 1 ? y1 : y2, a10);
                if (P.N > 11)
                    a11 = S.MultiplyAdd(S.Broadcast(x[(11 / J.N * lanes) + lane]), 11 % J.N == 0 ? y0 : 11 % J.N == 1 ? y1 : y2, a11);
                if (P.N > 12)
                    a12 = S.MultiplyAdd(S.Broadcast(x[(12 / J.N * lanes) + lane]), 12 % J.N == 0 ? y0 : 12 % J.N == 1 ? y1 : y2, a12);
                if (P.N > 13)
                    a13 = S.MultiplyAdd(S.Broadcast(x[(13 / J.N * lanes) + lane]), 13 % J.N == 0 ? y0 : 13 % J.N == 1 ? y1 : y2, a13);
                if (P.N > 14)
                    a14 = S.MultiplyAdd(S.Broadcast(x[(14 / J.N * lanes) + lane]), 14 % J.N == 0 ? y0 : 14 % J.N == 1 ? y1 : y2, a14);
                if (P.N > 15)
                    a15 = S.MultiplyAdd(S.Broadcast(x[(15 / J.N * lanes) + lane]), 15 % J.N == 0 ? y0 : 15 % J.N == 1 ? y1 : y2, a15);
                if (P.N > 16)
                    a16 = S.MultiplyAdd(S.Broadcast(x[(16 / J.N * lanes) + lane]), 16 % J.N == 0 ? y0 : 16 % J.N == 1 ? y1 : y2, a16);
                if (P.N > 17)
                    a17 = S.MultiplyAdd(S.Broadcast(x[(17 / J.N * lanes) + lane]), 17 % J.N == 0 ? y0 : 17 % J.N == 1 ? y1 : y2, a17);
                if (P.N > 18)
                    a18 = S.MultiplyAdd(S.Broadcast(x[(18 / J.N * lanes) + lane]), 18 % J.N == 0 ? y0 : 18 % J.N == 1 ? y1 : y2, a18);
                if (P.N > 19)
                    a19 = S.MultiplyAdd(S.Broadcast(x[(19 / J.N * lanes) + lane]), 19 % J.N == 0 ? y0 : 19 % J.N == 1 ? y1 : y2, a19);
                if (P.N > 20)
                    a20 = S.MultiplyAdd(S.Broadcast(x[(20 / J.N * lanes) + lane]), 20 % J.N == 0 ? y0 : 20 % J.N == 1 ? y1 : y2, a20);
                if (P.N > 21)
                    a21 = S.MultiplyAdd(S.Broadcast(x[(21 / J.N * lanes) + lane]), 21 % J.N == 0 ? y0 : 21 % J.N == 1 ? y1 : y2, a21);
                if (P.N > 22)
                    a22 = S.MultiplyAdd(S.Broadcast(x[(22 / J.N * lanes) + lane]), 22 % J.N == 0 ? y0 : 22 % J.N == 1 ? y1 : y2, a22);
                if (P.N > 23)
                    a23 = S.MultiplyAdd(S.Broadcast(x[(23 / J.N * lanes) + lane]), 23 % J.N == 0 ? y0 : 23 % J.N == 1 ? y1 : y2, a23);
            }

        (S.Load(c) + a0).Store(c);
        if (P.N > 1) (S.Load(c + (1 / J.N * padded) + (1 % J.N * lanes)) + a1).Store(c + (1 / J.N * padded) + (1 % J.N * lanes));
        if (P.N > 2) (S.Load(c + (2 / J.N * padded) + (2 % J.N * lanes)) + a2).Store(c + (2 / J.N * padded) + (2 % J.N * lanes));
        if (P.N > 3) (S.Load(c + (3 / J.N * padded) + (3 % J.N * lanes)) + a3).Store(c + (3 / J.N * padded) + (3 % J.N * lanes));
        if (P.N > 4) (S.Load(c + (4 / J.N * padded) + (4 % J.N * lanes)) + a4).Store(c + (4 / J.N * padded) + (4 % J.N * lanes));
        if (P.N > 5) (S.Load(c + (5 / J.N * padded) + (5 % J.N * lanes)) + a5).Store(c + (5 / J.N * padded) + (5 % J.N * lanes));
        if (P.N > 6) (S.Load(c + (6 / J.N * padded) + (6 % J.N * lanes)) + a6).Store(c + (6 / J.N * padded) + (6 % J.N * lanes));
        if (P.N > 7) (S.Load(c + (7 / J.N * padded) + (7 % J.N * lanes)) + a7).Store(c + (7 / J.N * padded) + (7 % J.N * lanes));
        if (P.N > 8) (S.Load(c + (8 / J.N * padded) + (8 % J.N * lanes)) + a8).Store(c + (8 / J.N * padded) + (8 % J.N * lanes));
        if (P.N > 9) (S.Load(c + (9 / J.N * padded) + (9 % J.N * lanes)) + a9).Store(c + (9 / J.N * padded) + (9 % J.N * lanes));
        if (P.N > 10) (S.Load(c + (10 / J.N * padded) + (10 % J.N * lanes)) + a10).Store(c + (10 / J.N * padded) + (10 % J.N * lanes));
        if (P.N > 11) (S.Load(c + (11 / J.N * padded) + (11 % J.N * lanes)) + a11).Store(c + (11 / J.N * padded) + (11 % J.N * lanes));
        if (P.N > 12) (S.Load(c + (12 / J.N * padded) + (12 % J.N * lanes)) + a12).Store(c + (12 / J.N * padded) + (12 % J.N * lanes));
        if (P.N > 13) (S.Load(c + (13 / J.N * padded) + (13 % J.N * lanes)) + a13).Store(c + (13 / J.N * padded) + (13 % J.N * lanes));
        if (P.N > 14) (S.Load(c + (14 / J.N * padded) + (14 % J.N * lanes)) + a14).Store(c + (14 / J.N * padded) + (14 % J.N * lanes));
        if (P.N > 15) (S.Load(c + (15 / J.N * padded) + (15 % J.N * lanes)) + a15).Store(c + (15 / J.N * padded) + (15 % J.N * lanes));
        if (P.N > 16) (S.Load(c + (16 / J.N * padded) + (16 % J.N * lanes)) + a16).Store(c + (16 / J.N * padded) + (16 % J.N * lanes));
        if (P.N > 17) (S.Load(c + (17 / J.N * padded) + (17 % J.N * lanes)) + a17).Store(c + (17 / J.N * padded) + (17 % J.N * lanes));
        if (P.N > 18) (S.Load(c + (18 / J.N * padded) + (18 % J.N * lanes)) + a18).Store(c + (18 / J.N * padded) + (18 % J.N * lanes));
        if (P.N > 19) (S.Load(c + (19 / J.N * padded) + (19 % J.N * lanes)) + a19).Store(c + (19 / J.N * padded) + (19 % J.N * lanes));
        if (P.N > 20) (S.Load(c + (20 / J.N * padded) + (20 % J.N * lanes)) + a20).Store(c + (20 / J.N * padded) + (20 % J.N * lanes));
        if (P.N > 21) (S.Load(c + (21 / J.N * padded) + (21 % J.N * lanes)) + a21).Store(c + (21 / J.N * padded) + (21 % J.N * lanes));
        if (P.N > 22) (S.Load(c + (22 / J.N * padded) + (22 % J.N * lanes)) + a22).Store(c + (22 / J.N * padded) + (22 % J.N * lanes));
        if (P.N > 23) (S.Load(c + (23 / J.N * padded) + (23 % J.N * lanes)) + a23).Store(c + (23 / J.N * padded) + (23 % J.N * lanes));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Operands(T* c, nint padded, T* x, nint xStride, T* y, int steps)
    {
        public readonly T* C = c, X = x, Y = y;
        public readonly nint Padded = padded, XStride = xStride;
        public readonly int Steps = steps;
    }
}
