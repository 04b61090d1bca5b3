using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Rows of one series as panels of lanes, each lane at a place of its own, some rows at a time.</summary>
/// <remarks>
/// Rows before the first and behind the last are those of the series begun anew: they belong to steps that do not count, and data keep a
/// state where data belong.
/// </remarks>
internal sealed unsafe class SegmentRows<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Rows of a panel but one: few enough for the first cache.
    private const int Chunk = 32;

    private readonly int _columns, _lanes;
    private readonly long[] _starts;
    private readonly AlignedBuffer<T> _panel;
    private double* _values;
    private long _rows;
    private int _first;

    /// <param name="columns">N.</param>
    /// <param name="lanes">Lanes of a panel.</param>
    public SegmentRows(int columns, int lanes)
    {
        (_columns, _lanes, _starts) = (columns, lanes, new long[lanes]);
        _panel = new((Chunk + 1L) * columns * lanes);
    }

    /// <summary>Values of a row: N x lanes.</summary>
    public nint Row => (nint)_columns * _lanes;

    /// <summary>Sets the lanes to consecutive segments.</summary>
    /// <param name="values">The series, rows x N; it stays where it is meanwhile.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="start">Where the first lane has its step 0.</param>
    /// <param name="length">From one lane to the next.</param>
    public void Begin(double* values, int rows, long start, long length)
    {
        _values = values;
        (_rows, _first) = (rows, int.MaxValue);
        for (int lane = 0; lane < _lanes; lane++)
            _starts[lane] = start + (lane * length);
    }

    /// <summary>The rows at a step, and behind them those of the next.</summary>
    /// <param name="t">From the start of a segment on; it may be negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* At(int t)
    {
        if ((uint)(t - _first) >= Chunk)
            Gather(t);
        return _panel.Pointer + ((t - _first) * Row);
    }

    public void Dispose() => _panel.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int t)
    {
        _first = (int)Math.Floor(t / (double)Chunk) * Chunk;
        for (int lane = 0; lane < _lanes; lane++)
        {
            long row = (_starts[lane] + _first) % _rows;
            row = row < 0 ? row + _rows : row;
            T* target = _panel.Pointer + lane;
            for (int left = Chunk + 1; left > 0;)
            {
                int together = (int)Math.Min(left, _rows - row);
                double* source = _values + (row * _columns);
                for (nint i = (nint)together * _columns; i > 0; i--, source++, target += _lanes)
                    *target = T.CreateTruncating(*source);
                (left, row) = (left - together, 0);
            }
        }
    }
}
