using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// A matrix stored for y = A x with a single x: panels of rows that lie in the lanes, each panel column by column, so that the sums stay in
/// registers and the matrix is read once, in order.
/// </summary>
/// <remarks>
/// A matrix beyond the second cache is limited by the third. Reading the panels forwards and backwards in turn finds half of what the
/// second cache holds still there; every sum has the same order either way.
/// </remarks>
internal sealed unsafe class VectorProduct : IDisposable
{
    private const int Lanes = 8;

    private readonly AlignedBuffer<double> _values;
    private readonly int _columns, _blocks, _panels, _first, _end;
    private bool _backwards;

    public VectorProduct(ReadOnlySpan<double> a, int rows, int columns)
    {
        (_columns, _blocks) = (columns, (rows + Lanes - 1) / Lanes);
        _panels = (_blocks + Widest - 1) / Widest;
        _end = _panels;
        _values = new((long)_blocks * Lanes * columns);
        for (int p = 0; p < _panels; p++)
        {
            double* panel = _values.Pointer + ((nint)Begin(p) * Lanes * columns);
            int first = Begin(p) * Lanes, width = (Begin(p + 1) * Lanes) - first, count = Math.Min(width, rows - first);
            for (int k = 0; k < columns; k++)
                for (int i = 0; i < count; i++)
                    panel[((nint)k * width) + i] = a[((first + i) * columns) + k];
        }
    }

    private VectorProduct(VectorProduct whole, int first, int end)
    {
        (_values, _columns, _blocks, _panels) = (whole._values, whole._columns, whole._blocks, whole._panels);
        (_first, _end) = (first, end);
    }

    /// <summary>Columns of A: values of x.</summary>
    public int Columns => _columns;

    /// <summary>The panels that the rows are in.</summary>
    public int Panels => _panels;

    /// <summary>
    /// Some panels of the same matrix, in the same memory, with a direction of their own; they write
    /// their rows of y alone. Not to be disposed of.
    /// </summary>
    public VectorProduct Part(int first, int end) => new(this, first, end);

    /// <summary>The first row of a panel.</summary>
    public int Row(int panel) => Begin(panel) * Lanes;

    /// <summary>Rows of y, rounded up to whole blocks of lanes: what y must have room for.</summary>
    public int Padded => _blocks * Lanes;

    /// <summary>y = A x; the rows of y beyond those of A become 0.</summary>
    /// <param name="x">As many values as A has columns.</param>
    /// <param name="y">At least <see cref="Padded"/> values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, _columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, Padded);
        // Another thread may turn the direction as well: both directions give the same bits.
        bool backwards = _backwards;
        _backwards = !backwards;
        fixed (double* source = x, target = y)
            WidestLanes.Invoke<double, Product>(new(this, source, target, backwards));
    }

    public void Dispose() => _values.Dispose();

    // A power of two of blocks, as many as there are accumulators for.
    private static int Widest => Math.Min(8, 1 << int.Log2(WidestLanes.Accumulators<double>()));

    // The blocks are spread evenly over the panels: a narrow panel would wait for its few sums.
    private int Begin(int panel) => (int)((long)_blocks * panel / _panels);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tiles<S>(double* x, double* y, bool backwards)
        where S : unmanaged, ILanes<S, double>
    {
        for (int p = _first; p < _end; p++)
        {
            int panel = backwards ? _first + _end - 1 - p : p, begin = Begin(panel);
            double* w = _values.Pointer + ((nint)begin * Lanes * _columns), target = y + ((nint)begin * Lanes);
            switch (Begin(panel + 1) - begin)
            {
                case 1: Tile<S, N1>(w, x, target, _columns); break;
                case 2: Tile<S, N2>(w, x, target, _columns); break;
                case 3: Tile<S, N3>(w, x, target, _columns); break;
                case 4: Tile<S, N4>(w, x, target, _columns); break;
                case 5: Tile<S, N5>(w, x, target, _columns); break;
                case 6: Tile<S, N6>(w, x, target, _columns); break;
                case 7: Tile<S, N7>(w, x, target, _columns); break;
                default: Tile<S, N8>(w, x, target, _columns); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Tile<S, W>(double* w, double* x, double* y, int columns)
        where S : unmanaged, ILanes<S, double>
        where W : struct, ICount
    {
        S a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (nint k = 0; k < columns; k++, w += W.N * Lanes)
        {
            S v = S.Broadcast(x[k]);
            a0 = S.MultiplyAdd(v, S.Load(w), a0);
            if (W.N > 1) a1 = S.MultiplyAdd(v, S.Load(w + Lanes), a1);
            if (W.N > 2) a2 = S.MultiplyAdd(v, S.Load(w + (2 * Lanes)), a2);
            if (W.N > 3) a3 = S.MultiplyAdd(v, S.Load(w + (3 * Lanes)), a3);
            if (W.N > 4) a4 = S.MultiplyAdd(v, S.Load(w + (4 * Lanes)), a4);
            if (W.N > 5) a5 = S.MultiplyAdd(v, S.Load(w + (5 * Lanes)), a5);
            if (W.N > 6) a6 = S.MultiplyAdd(v, S.Load(w + (6 * Lanes)), a6);
            if (W.N > 7) a7 = S.MultiplyAdd(v, S.Load(w + (7 * Lanes)), a7);
        }
        a0.Store(y);
        if (W.N > 1) a1.Store(y + Lanes);
        if (W.N > 2) a2.Store(y + (2 * Lanes));
        if (W.N > 3) a3.Store(y + (3 * Lanes));
        if (W.N > 4) a4.Store(y + (4 * Lanes));
        if (W.N > 5) a5.Store(y + (5 * Lanes));
        if (W.N > 6) a6.Store(y + (6 * Lanes));
        if (W.N > 7) a7.Store(y + (7 * Lanes));
    }

    private readonly struct Product(VectorProduct product, double* x, double* y, bool backwards) : ILaneAction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<S>()
            where S : unmanaged, ILanes<S, double>
            => product.Tiles<S>(x, y, backwards);
    }
}
