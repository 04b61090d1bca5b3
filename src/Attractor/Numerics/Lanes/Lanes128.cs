using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Attractor.Numerics;

/// <summary>A block of lanes in four 128-bit registers, or plain arithmetic where there are none.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _a, _b, _c, _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d) => (_a, _b, _c, _d) = (a, b, c, d);

    public static int Accumulators => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(
        Vector128.Load(source),
        Vector128.Load(source + Vector128<T>.Count),
        Vector128.Load(source + (2 * Vector128<T>.Count)),
        Vector128.Load(source + (3 * Vector128<T>.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value)
    {
        Vector128<T> all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target)
    {
        _a.Store(target);
        _b.Store(target + Vector128<T>.Count);
        _c.Store(target + (2 * Vector128<T>.Count));
        _d.Store(target + (3 * Vector128<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c)
    {
        // Without the instruction, FusedMultiplyAdd calls the C library for every lane: a hundred times slower.
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
            return new((a._a * b._a) + c._a, (a._b * b._b) + c._b, (a._c * b._c) + c._c, (a._d * b._d) + c._d);
        if (typeof(T) == typeof(float))
            return new(
                Vector128.FusedMultiplyAdd(a._a.AsSingle(), b._a.AsSingle(), c._a.AsSingle()).As<float, T>(),
                Vector128.FusedMultiplyAdd(a._b.AsSingle(), b._b.AsSingle(), c._b.AsSingle()).As<float, T>(),
                Vector128.FusedMultiplyAdd(a._c.AsSingle(), b._c.AsSingle(), c._c.AsSingle()).As<float, T>(),
                Vector128.FusedMultiplyAdd(a._d.AsSingle(), b._d.AsSingle(), c._d.AsSingle()).As<float, T>());
        return new(
                Vector128.FusedMultiplyAdd(a._a.AsDouble(), b._a.AsDouble(), c._a.AsDouble()).As<double, T>(),
                Vector128.FusedMultiplyAdd(a._b.AsDouble(), b._b.AsDouble(), c._b.AsDouble()).As<double, T>(),
                Vector128.FusedMultiplyAdd(a._c.AsDouble(), b._c.AsDouble(), c._c.AsDouble()).As<double, T>(),
                Vector128.FusedMultiplyAdd(a._d.AsDouble(), b._d.AsDouble(), c._d.AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a._a + b._a, a._b + b._b, a._c + b._c, a._d + b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a._a - b._a, a._b - b._b, a._c - b._c, a._d - b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a._a * b._a, a._b * b._b, a._c * b._c, a._d * b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a._a / b._a, a._b / b._b, a._c / b._c, a._d / b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> a)
        => new(Vector128.Sqrt(a._a), Vector128.Sqrt(a._b), Vector128.Sqrt(a._c), Vector128.Sqrt(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a._a), Vector128.Abs(a._b), Vector128.Abs(a._c), Vector128.Abs(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FlipSign(Lanes128<T> a, Lanes128<T> b)
    {
        Vector128<T> sign = Vector128.Create(T.NegativeZero);
        return new(a._a ^ (b._a & sign), a._b ^ (b._b & sign), a._c ^ (b._c & sign), a._d ^ (b._d & sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Relu(Lanes128<T> a) => new(
        Vector128.MaxNative(Vector128<T>.Zero, a._a),
        Vector128.MaxNative(Vector128<T>.Zero, a._b),
        Vector128.MaxNative(Vector128<T>.Zero, a._c),
        Vector128.MaxNative(Vector128<T>.Zero, a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(
        Vector128.MinNative(b._a, a._a), Vector128.MinNative(b._b, a._b), Vector128.MinNative(b._c, a._c), Vector128.MinNative(b._d, a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereGreater(Lanes128<T> a, Lanes128<T> b, Lanes128<T> value)
        => new(
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._a, b._a), value._a, Vector128<T>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._b, b._b), value._b, Vector128<T>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._c, b._c), value._c, Vector128<T>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._d, b._d), value._d, Vector128<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> a, Lanes128<T> b, Lanes128<T> value, Lanes128<T> otherwise)
        => new(
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._a, b._a), value._a, otherwise._a),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._b, b._b), value._b, otherwise._b),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._c, b._c), value._c, otherwise._c),
            Vector128.ConditionalSelect(Vector128.GreaterThan(a._d, b._d), value._d, otherwise._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> a) => new(Round(a._a), Round(a._b), Round(a._c), Round(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> PowerOfTwo(Lanes128<T> n) => new(PowerOfTwo(n._a), PowerOfTwo(n._b), PowerOfTwo(n._c), PowerOfTwo(n._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Exponent(Lanes128<T> a) => new(Exponent(a._a), Exponent(a._b), Exponent(a._c), Exponent(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Significand(Lanes128<T> a) => new(Significand(a._a), Significand(a._b), Significand(a._c), Significand(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> a)
    {
        Vector128<T> quarter = (a._a + a._c) + (a._b + a._d);
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Round(Vector128<T> a)
        => typeof(T) == typeof(float) ? Vector128.Round(a.AsSingle()).As<float, T>() : Vector128.Round(a.AsDouble()).As<double, T>();

    // Adding 2^p + bias, p the bits of the significand, leaves n + bias in the lowest bits, from where it moves to those of the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> PowerOfTwo(Vector128<T> n)
    {
        if (typeof(T) == typeof(float))
            return Vector128.ShiftLeft((n.AsSingle() + Vector128.Create(8388608f + 127)).AsInt32(), 23).As<int, T>();
        return Vector128.ShiftLeft((n.AsDouble() + Vector128.Create(4503599627370496.0 + 1023)).AsInt64(), 52).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Exponent(Vector128<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((Vector128.ShiftRightLogical(a.AsInt32(), 23) | Vector128.Create(8388608f).AsInt32()).AsSingle()
                - Vector128.Create(8388608f + 127)).As<float, T>();
        return ((Vector128.ShiftRightLogical(a.AsInt64(), 52) | Vector128.Create(4503599627370496.0).AsInt64()).AsDouble()
            - Vector128.Create(4503599627370496.0 + 1023)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Significand(Vector128<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((a.AsInt32() & Vector128.Create(0x7FFFFF)) | Vector128.Create(1f).AsInt32()).As<int, T>();
        return ((a.AsInt64() & Vector128.Create(0xFFFFFFFFFFFFF)) | Vector128.Create(1.0).AsInt64()).As<long, T>();
    }
}
