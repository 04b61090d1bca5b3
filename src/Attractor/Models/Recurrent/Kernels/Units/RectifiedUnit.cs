using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>r = relu(v + h).</summary>
internal readonly struct RectifiedUnit : IHiddenUnit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>(T h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => h;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Forward<S, T>(S sum, S h)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Relu(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Backward<S, T>(S gradient, S r, S h, out S thresholdGradient)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => thresholdGradient = S.WhereGreater(r, default, gradient);

    public static double Slope(double r, double h) => r > 0 ? 1 : 0;
}
