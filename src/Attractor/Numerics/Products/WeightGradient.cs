using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>
/// The gradient of a weight matrix, gathered over blocks of time steps: C += sum over t and lanes of x_t y_t', C (rows x columns).
/// </summary>
/// <remarks>Small ones lane by lane, large ones summed over the lanes at once.</remarks>
public sealed unsafe class WeightGradient<S, T> : IDisposable
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Beyond this many weights the accumulators of LaneProduct outgrow the caches.
    private const int LargestLaneProduct = 4000;

    // Steps whose transposed panel stays in the second cache.
    private const int OuterProductSteps = 5;

    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private readonly int _rows, _columns;
    private readonly nint _padded;
    private readonly AlignedBuffer<T> _sums;
    private readonly AlignedBuffer<T>? _transposed;

    /// <summary>The gradient of a matrix of that shape, 0 so far.</summary>
    public WeightGradient(int rows, int columns)
    {
        (_rows, _columns) = (rows, columns);
        _padded = (columns + s_lanes - 1) / s_lanes * s_lanes;
        bool large = (long)rows * columns > LargestLaneProduct;
        _transposed = large ? new((long)OuterProductSteps * s_lanes * _padded) : null;
        _sums = new(large ? (long)rows * _padded : (long)rows * columns * s_lanes);
    }

    /// <summary>
    /// Adds the products of consecutive steps: x_t (rows x lanes), y_t (columns x lanes), their strides in values, multiples of the lanes.
    /// </summary>
    public void Accumulate(T* x, nint xStride, T* y, nint yStride, int steps)
    {
        Debug.Assert(x is not null && y is not null && steps >= 0, "A weight gradient is that of panels of some steps.");
        Debug.Assert(xStride >= _rows * s_lanes && yStride >= _columns * s_lanes, "The panels of two steps overlap.");
        Debug.Assert(xStride % s_lanes == 0 && yStride % s_lanes == 0, "A panel is whole blocks of lanes.");
        if (_transposed is null)
        {
            LaneProduct<S, T>.Accumulate(_sums.Pointer, _rows, _columns, x, xStride, y, yStride, steps);
            return;
        }
        for (int t = 0; t < steps; t += OuterProductSteps)
        {
            int count = Math.Min(OuterProductSteps, steps - t);
            OuterProduct<S, T>.Transpose(y + (t * yStride), yStride, _columns, count, _transposed.Pointer, _padded);
            OuterProduct<S, T>.Accumulate(_sums.Pointer, _rows, x + (t * xStride), xStride, _transposed.Pointer, _padded, count);
        }
    }

    /// <summary>
    /// Adds what was gathered to a matrix whose element (i, j) is gradient[i * rowStride + j * columnStride], and starts anew.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(T* gradient, nint rowStride, nint columnStride)
    {
        T* sum = _sums.Pointer;
        for (nint i = 0; i < _rows; i++)
            for (nint j = 0; j < _columns; j++)
                gradient[(i * rowStride) + (j * columnStride)] += _transposed is null
                    ? S.Sum(S.Load(sum + (((i * _columns) + j) * s_lanes)))
                    : sum[(i * _padded) + j];
        _sums.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _transposed?.Dispose();
    }
}
