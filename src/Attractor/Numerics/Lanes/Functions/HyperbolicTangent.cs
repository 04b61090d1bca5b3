using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>tanh of a block of lanes, to 3 units in the last place.</summary>
/// <remarks>
/// Below 0.625 the odd rational function x + x^3 P(x^2) / Q(x^2) of Moshier's Cephes library (in float32
/// its polynomial); above, 1 - 2 / (e^2x + 1).
/// </remarks>
public static class HyperbolicTangent<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>tanh x; NaN of NaN, x of zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Of(S x)
    {
        bool single = typeof(T) == typeof(float);
        S magnitude = S.Abs(x), one = S.Broadcast(T.One);
        S bounded = S.Min(magnitude, Constant(single ? 10 : 22));
        S large = one - (Constant(2) / (Exponential<S, T>.OfBounded(bounded + bounded) + one));
        S small = single ? OfSmallSingle(magnitude) : OfSmallDouble(magnitude);
        return S.FlipSign(S.Select(Constant(0.625), magnitude, small, large), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S OfSmallDouble(S x)
    {
        S z = x * x;
        S p = S.MultiplyAdd(
            S.MultiplyAdd(Constant(-9.64399179425052238628E-1), z, Constant(-9.92877231001918586564E1)),
            z,
            Constant(-1.61468768441708447952E3));
        S q = S.MultiplyAdd(
            S.MultiplyAdd(z + Constant(1.12811678491632931402E2), z, Constant(2.23548839060100448583E3)),
            z,
            Constant(4.84406305325125486048E3));
        return S.MultiplyAdd(x * z, p / q, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S OfSmallSingle(S x)
    {
        S z = x * x, p = Constant(-5.70498872745E-3);
        p = S.MultiplyAdd(p, z, Constant(2.06390887954E-2));
        p = S.MultiplyAdd(p, z, Constant(-5.37397155531E-2));
        p = S.MultiplyAdd(p, z, Constant(1.33314422036E-1));
        p = S.MultiplyAdd(p, z, Constant(-3.33332819422E-1));
        return S.MultiplyAdd(x * z, p, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Constant(double value) => S.Broadcast(T.CreateTruncating(value));
}
