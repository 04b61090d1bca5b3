using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>r = relu(v + h) - relu(v), which is sign(h) * min(relu(v + max(h, 0)), |h|).</summary>
/// <remarks>
/// The second form needs one clamp instead of two rectifiers, does not cancel for large v, and lets the adjoint tell from r
/// alone in which of its three pieces the unit was.
/// </remarks>
internal readonly struct ClippedUnit : IHiddenUnit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Start<T>(T h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => h > T.Zero ? h : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Forward<S, T>(S sum, S h)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.FlipSign(S.Min(S.Relu(sum), S.Abs(h)), h);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Backward<S, T>(S gradient, S r, S h, out S thresholdGradient)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        S size = S.Abs(r), limit = S.Abs(h);
        S open = S.WhereGreater(limit, size, S.WhereGreater(size, default, gradient));
        // Beyond the clip r = h: its derivative by h is 1 whatever the sign. In between it is 1 only for h > 0, where r = v + h.
        S beyond = S.WhereGreater(limit, size, gradient);
        thresholdGradient = (gradient - beyond) + S.WhereGreater(h, default, open);
        return S.FlipSign(open, h);
    }

    public static double Slope(double r, double h)
    {
        double size = Math.Abs(r);
        return size > 0 && size < Math.Abs(h) ? Math.Sign(h) : 0;
    }
}
