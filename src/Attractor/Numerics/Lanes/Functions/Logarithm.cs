using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>log x of a block of lanes, to 2 units in the last place, and log(1 + x) for x from 0 to 1.</summary>
/// <remarks>
/// log(m 2^e) = log m + e ln 2 with m between the roots of 1/2 and 2, and log m = 2 artanh s of s = (m - 1) / (m + 1) by its Taylor series.
/// </remarks>
internal static class Logarithm<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>log x: minus infinity of 0, NaN below and of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Of(S x)
    {
        bool single = typeof(T) == typeof(float);
        S one = S.Broadcast(T.One), tiny = Constant(single ? 1.1754943508222875e-38 : 2.2250738585072014e-308);
        S raised = S.Select(tiny, x, x * Constant(single ? 16777216.0 : 18014398509481984.0), x);
        S exponent = S.Exponent(raised) - S.WhereGreater(tiny, x, Constant(single ? 24 : 54)), m = S.Significand(raised);
        S root = Constant(1.4142135623730951);
        exponent += S.WhereGreater(m, root, one);
        m = S.Select(m, root, m * Constant(0.5), m);
        S s = (m - one) / (m + one), z = s * s, twice = s + s;
        S series = single ? SmallSeriesSingle(z) : SmallSeriesDouble(z);
        S low = S.MultiplyAdd(exponent, Constant(single ? -2.1219444005469057e-4 : 1.4286068203094173e-6), twice * z * series);
        S log = S.MultiplyAdd(exponent, Constant(single ? 0.693359375 : 0.693145751953125), low + twice);
        S ofRest = S.Select(default, x, S.Broadcast(T.NaN), S.Select(x, Constant(-1), S.Broadcast(T.NegativeInfinity), S.Broadcast(T.NaN)));
        return S.Select(x, Constant(single ? float.MaxValue : double.MaxValue), x, S.Select(x, default, log, ofRest));
    }

    /// <summary>log(1 + x) for x from 0 to 1, of which small ones lose nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S OfOnePlus(S x)
    {
        S s = x / (x + Constant(2)), z = s * s, twice = s + s;
        S series = typeof(T) == typeof(float) ? LargeSeriesSingle(z) : LargeSeriesDouble(z);
        return S.MultiplyAdd(twice * z, series, twice);
    }

    // 1/3 + z/5 + z^2/7 + ..., for z up to 0.03, and below up to 1/9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S SmallSeriesSingle(S z)
    {
        S p = Constant(1 / 11.0);
        p = S.MultiplyAdd(p, z, Constant(1 / 9.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 7.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 5.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 3.0));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S SmallSeriesDouble(S z)
    {
        S p = Constant(1 / 23.0);
        p = S.MultiplyAdd(p, z, Constant(1 / 21.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 19.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 17.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 15.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 13.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 11.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 9.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 7.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 5.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 3.0));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S LargeSeriesSingle(S z)
    {
        S p = Constant(1 / 17.0);
        p = S.MultiplyAdd(p, z, Constant(1 / 15.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 13.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 11.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 9.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 7.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 5.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 3.0));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S LargeSeriesDouble(S z)
    {
        S p = Constant(1 / 35.0);
        p = S.MultiplyAdd(p, z, Constant(1 / 33.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 31.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 29.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 27.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 25.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 23.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 21.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 19.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 17.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 15.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 13.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 11.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 9.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 7.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 5.0));
        p = S.MultiplyAdd(p, z, Constant(1 / 3.0));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Constant(double value) => S.Broadcast(T.CreateTruncating(value));
}
