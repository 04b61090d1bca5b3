using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>relu, but for the first rows, which stay as they are.</summary>
/// <param name="linear">How many of them.</param>
internal readonly unsafe struct RectifiedRows<S, T>(int linear) : IStateRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly nint _linear = linear;

    public static bool IsCentred => false;

    public static bool IsLearnt => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Forward(nint row, S x) => row < _linear ? x : S.Relu(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Backward(nint row, S x, S gradient) => row < _linear ? gradient : S.WhereGreater(x, default, gradient);

    public void Load(T* parameters)
    {
    }

    public void Accumulate(T* x, T* gradient, int steps)
    {
    }

    public void StoreGradient(T* gradient)
    {
    }

    public void Dispose()
    {
    }
}
