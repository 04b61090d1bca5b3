using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>e^x of a block of lanes, to 1 unit in the last place.</summary>
/// <remarks>
/// e^x = 2^n e^r with n whole and |r| at most ln(2) / 2, e^r by its Taylor series, whose first term left out is below half a unit.
/// Unlike the general functions of the platform it runs at full speed from the first call of a process.
/// </remarks>
public static class Exponential<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>e^x: 0 where it is below the normal numbers, infinite above the largest, NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Of(S x)
    {
        S low = Constant(typeof(T) == typeof(float) ? -86.6 : -707.7),
            high = Constant(typeof(T) == typeof(float) ? 88.72283 : 709.782712893384);
        S bounded = S.Min(S.Select(low, x, low, x), high);
        S inside = OfBounded(bounded);
        return S.Select(low, x, default, S.Select(x, high, S.Broadcast(T.PositiveInfinity), inside));
    }

    /// <summary>e^x for x from -86 to 88 in float32, from -707 to 709 in float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S OfBounded(S x)
    {
        S n = S.Round(x * Constant(1.4426950408889634));
        bool single = typeof(T) == typeof(float);
        // ln 2 in two parts, of which the first has few enough bits that n times it is exact.
        S r = S.MultiplyAdd(n, Constant(single ? -0.693359375 : -0.693145751953125), x);
        r = S.MultiplyAdd(n, Constant(single ? 2.1219444005469057e-4 : -1.4286068203094173e-6), r);
        S e = single ? OfRemainderSingle(r) : OfRemainderDouble(r);
        // 2^n itself is infinite where n is one above the largest exponent.
        return (e + e) * S.PowerOfTwo(n - S.Broadcast(T.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S OfRemainderSingle(S r)
    {
        S e = Constant(1 / 5040.0);
        e = S.MultiplyAdd(e, r, Constant(1 / 720.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 120.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 24.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 6.0));
        e = S.MultiplyAdd(e, r, Constant(0.5));
        e = S.MultiplyAdd(e, r, Constant(1));
        e = S.MultiplyAdd(e, r, Constant(1));
        return e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S OfRemainderDouble(S r)
    {
        S e = Constant(1 / 6227020800.0);
        e = S.MultiplyAdd(e, r, Constant(1 / 479001600.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 39916800.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 3628800.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 362880.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 40320.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 5040.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 720.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 120.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 24.0));
        e = S.MultiplyAdd(e, r, Constant(1 / 6.0));
        e = S.MultiplyAdd(e, r, Constant(0.5));
        e = S.MultiplyAdd(e, r, Constant(1));
        e = S.MultiplyAdd(e, r, Constant(1));
        return e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Constant(double value) => S.Broadcast(T.CreateTruncating(value));
}
