using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>relu of what a row is above the mean of all rows.</summary>
internal readonly unsafe struct CentredRows<S, T> : IStateRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsCentred => true;

    public static bool IsLearnt => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Forward(nint row, S x) => S.Relu(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Backward(nint row, S x, S gradient) => S.WhereGreater(x, default, gradient);

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
