using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// A dense product on one thread, cut into register tiles: Goto and van de Geijn (2008), Anatomy of high-performance matrix multiplication.
/// </summary>
/// <remarks>
/// A panel of B (depth x two blocks) is read from the first two caches for one row panel of A after another, and meanwhile the next is
/// fetched. Rows are spread evenly over the panels of A, so that none is padded; the last columns of B go through a tile of their own.
/// Every element of C is one chain of multiply-adds over k in ascending order, which starts from 0, the bias or C: how the product is cut
/// does not change a bit of it.
/// </remarks>
internal static unsafe class BlockedProduct<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Bytes of what is packed: a panel of B and the row panels of A for the second cache together, panels of B that serve more than one
    // block of rows for the third. A panel longer than the first cache holds costs less than to read and write C once more.
    private const int PanelBytes = 104 * 1024, RowsBytes = 400 * 1024, ColumnsBytes = 2 * 1024 * 1024;

    // A is read where it lies unless its columns are contiguous and B has more columns than this; B where its rows are contiguous, unless A
    // has more rows than this.
    private const int FewColumns = 256, FewRows = 256;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in ProductOperands<T> o)
    {
        Workspace workspace = Workspace.Current;
        int lanes = sizeof(S) / sizeof(T), blocks = S.Accumulators >= 16 ? 2 : 1,
            width = blocks * lanes, height = Math.Min(12, S.Accumulators / blocks);
        bool packA = o.N > FewColumns && o.A.Row == 1;
        int depth = o.K == 0 ? 1 : Tiling.Balanced(o.K, PanelBytes / (width * sizeof(T)));
        int rows = Tiling.Balanced(o.M, Math.Max(height, RowsBytes / (depth * sizeof(T)) / height * height));
        // Where B serves several blocks of rows, its panels are kept.
        bool keep = rows < o.M;
        int columns = keep ? Math.Min(o.N, ColumnsBytes / (depth * sizeof(T)) / width * width) : o.N;
        T* packedA = packA ? workspace.ForA<T>((nint)rows * depth) : null;
        T* packedB = workspace.ForB<T>((nint)depth * (keep ? (columns + width - 1) / width * width : width));

        for (int column = 0; column < o.N; column += columns)
        {
            ProductOperands<T> part = o.Columns(column, Math.Min(columns, o.N - column));
            for (int k = 0; k == 0 || k < o.K; k += depth)
                for (int row = 0; row < o.M; row += rows)
                {
                    Block block = new(part, row, Math.Min(rows, o.M - row), k, Math.Min(depth, o.K - k), packedA, packedB, keep, workspace);
                    if (packA)
                        PackRows(block, height);
                    Panels(block, width, height);
                }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(in Block block, int tallest)
    {
        Operand<T> a = block.A;
        T* target = block.PackedA;
        for (int i = 0; i < block.Rows;)
        {
            int height = Tiling.Balanced(block.Rows - i, tallest);
            Packing<T>.Pack(a.From(i, 0).Transposed, block.Depth, height, target, height);
            target += (nint)height * block.Depth;
            i += height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panels(in Block block, int widest, int tallest)
    {
        int lanes = sizeof(S) / sizeof(T);
        T* packed = block.PackedB;
        int tiles = (block.Rows + tallest - 1) / tallest, shortest = block.Rows / tiles, taller = block.Rows % tiles;
        for (int j = 0; j < block.Columns; j += widest)
        {
            int width = Math.Min(widest, block.Columns - j), blocks = (width + lanes - 1) / lanes;
            bool partial = width < blocks * lanes;
            Operand<T> b = block.B.From(0, j);
            T* panel = b.Values;
            nint stride = b.Row;
            if (partial || b.Column != 1 || block.Rows > FewRows)
            {
                panel = packed;
                stride = widest;
                if (!block.Packed)
                    Packing<T>.Pack(b, block.Depth, width, panel, stride);
                if (block.Keep)
                    packed += (nint)block.Depth * widest;
            }
            T* start = block.Start(j, width);
            nint startStride = start == block.C + j ? block.CStride : 0;
            T* a = block.PackedA, tile = (T*)block.Workspace.Tile;
            int nextWidth = Math.Min(widest, block.Columns - j - width);
            // After the last panel comes the first of the next k.
            Operand<T> next = nextWidth > 0 ? block.B.From(0, j + width) : block.B.From(block.Depth, 0);
            for (int i = 0, t = 0; i < block.Rows; t++)
            {
                int height = t < taller ? shortest + 1 : shortest;
                T* c = block.C + (i * block.CStride) + j;
                Ahead<T> ahead = block.Packed
                    ? new(panel, 0, 0)
                    : Ahead<T>.Of(next, block.Depth, nextWidth > 0 ? nextWidth : widest, t, panel);
                // What is added to is wanted at once; what is only written can wait.
                if (startStride != 0 && i + height < block.Rows)
                    Packing<T>.Prefetch(c + (height * block.CStride), block.CStride, Math.Min(height, block.Rows - i - height), width);
                if (!partial)
                    Tile(block, i, height, blocks, a, panel, stride, start + (i * startStride), startStride, c, block.CStride, ahead);
                else if (startStride == 0)
                    Tile(block, i, height, blocks, a, panel, stride, start, 0, tile, widest, ahead);
                else
                {
                    Packing<T>.Copy(c, block.CStride, height, width, tile, widest);
                    Tile(block, i, height, blocks, a, panel, stride, tile, widest, tile, widest, ahead);
                }
                if (partial)
                    Packing<T>.Copy(tile, widest, height, width, c, block.CStride);
                a += (nint)height * block.Depth;
                i += height;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        in Block block, int i, int height, int blocks, T* packedA, T* b, nint bStride, T* start, nint startStride, T* c, nint cStride,
        in Ahead<T> ahead)
    {
        if (block.PackedA is not null)
            PackedTile<S, T>.Multiply(height, blocks, new(block.Depth, packedA, height, b, bStride, start, startStride, c, cStride, ahead));
        else if (block.A.Row == 1)
            PackedTile<S, T>.Multiply(
                height, blocks, new(block.Depth, block.A.Values + i, block.A.Column, b, bStride, start, startStride, c, cStride, ahead));
        else
            RowTile<S, T>.Multiply(
                height,
                blocks,
                new(block.Depth, block.A.Values + (i * block.A.Row), block.A.Row, b, bStride, start, startStride, c, cStride, ahead));
    }

    // Some rows and some k of a product.
    private readonly struct Block(
        in ProductOperands<T> whole, int row, int rows, int k, int depth, T* packedA, T* packedB, bool keep, Workspace workspace)
    {
        public readonly Operand<T> A = whole.A.From(row, k), B = whole.B.From(k, 0);
        public readonly T* C = whole.C + (row * whole.CStride), PackedA = packedA, PackedB = packedB;
        public readonly nint CStride = whole.CStride;
        public readonly int Rows = rows, Columns = whole.N, Depth = depth;
        public readonly bool Keep = keep, Packed = keep && row > 0;
        public readonly Workspace Workspace = workspace;
        private readonly T* _bias = whole.Bias;
        private readonly bool _accumulate = whole.Accumulate || k > 0;

        // What the sums of a panel start from: C itself, the bias or nothing.
        public T* Start(int column, int width)
        {
            if (_accumulate)
                return C + column;
            if (_bias is null)
                return (T*)Workspace.Zeros;
            // The tile reads whole blocks.
            T* bias = (T*)Workspace.Bias;
            Packing<T>.Copy(_bias + column, 0, 1, width, bias, 0);
            return bias;
        }
    }
}
