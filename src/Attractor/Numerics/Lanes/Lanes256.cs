using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attractor.Numerics;

/// <summary>A block of lanes in two 256-bit registers.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _a, _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<T> a, Vector256<T> b) => (_a, _b) = (a, b);

    public static int Accumulators => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source), Vector256.Load(source + Vector256<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value)
    {
        Vector256<T> all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target)
    {
        _a.Store(target);
        _b.Store(target + Vector256<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(
                Vector256.FusedMultiplyAdd(a._a.AsSingle(), b._a.AsSingle(), c._a.AsSingle()).As<float, T>(),
                Vector256.FusedMultiplyAdd(a._b.AsSingle(), b._b.AsSingle(), c._b.AsSingle()).As<float, T>());
        return new(
                Vector256.FusedMultiplyAdd(a._a.AsDouble(), b._a.AsDouble(), c._a.AsDouble()).As<double, T>(),
                Vector256.FusedMultiplyAdd(a._b.AsDouble(), b._b.AsDouble(), c._b.AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a._a + b._a, a._b + b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a._a - b._a, a._b - b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a._a * b._a, a._b * b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a._a / b._a, a._b / b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a._a), Vector256.Sqrt(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> a) => new(Vector256.Abs(a._a), Vector256.Abs(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FlipSign(Lanes256<T> a, Lanes256<T> b)
    {
        Vector256<T> sign = Vector256.Create(T.NegativeZero);
        return new(a._a ^ (b._a & sign), a._b ^ (b._b & sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Relu(Lanes256<T> a)
        => new(Vector256.MaxNative(Vector256<T>.Zero, a._a), Vector256.MaxNative(Vector256<T>.Zero, a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(b._a, a._a), Vector256.MinNative(b._b, a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereGreater(Lanes256<T> a, Lanes256<T> b, Lanes256<T> value)
        => new(
            Vector256.ConditionalSelect(Vector256.GreaterThan(a._a, b._a), value._a, Vector256<T>.Zero),
            Vector256.ConditionalSelect(Vector256.GreaterThan(a._b, b._b), value._b, Vector256<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> a, Lanes256<T> b, Lanes256<T> value, Lanes256<T> otherwise)
        => new(
            Vector256.ConditionalSelect(Vector256.GreaterThan(a._a, b._a), value._a, otherwise._a),
            Vector256.ConditionalSelect(Vector256.GreaterThan(a._b, b._b), value._b, otherwise._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> a) => new(Round(a._a), Round(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> PowerOfTwo(Lanes256<T> n) => new(PowerOfTwo(n._a), PowerOfTwo(n._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> a) => new(Exponent(a._a), Exponent(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Significand(Lanes256<T> a) => new(Significand(a._a), Significand(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> a)
    {
        Vector256<T> half = a._a + a._b;
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Round(Vector256<T> a)
        => typeof(T) == typeof(float) ? Vector256.Round(a.AsSingle()).As<float, T>() : Vector256.Round(a.AsDouble()).As<double, T>();

    // Adding 2^p + bias, p the bits of the significand, leaves n + bias in the lowest bits, from where it moves to those of the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> PowerOfTwo(Vector256<T> n)
    {
        if (typeof(T) == typeof(float))
            return Vector256.ShiftLeft((n.AsSingle() + Vector256.Create(8388608f + 127)).AsInt32(), 23).As<int, T>();
        return Vector256.ShiftLeft((n.AsDouble() + Vector256.Create(4503599627370496.0 + 1023)).AsInt64(), 52).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Exponent(Vector256<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((Vector256.ShiftRightLogical(a.AsInt32(), 23) | Vector256.Create(8388608f).AsInt32()).AsSingle()
                - Vector256.Create(8388608f + 127)).As<float, T>();
        return ((Vector256.ShiftRightLogical(a.AsInt64(), 52) | Vector256.Create(4503599627370496.0).AsInt64()).AsDouble()
            - Vector256.Create(4503599627370496.0 + 1023)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Significand(Vector256<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((a.AsInt32() & Vector256.Create(0x7FFFFF)) | Vector256.Create(1f).AsInt32()).As<int, T>();
        return ((a.AsInt64() & Vector256.Create(0xFFFFFFFFFFFFF)) | Vector256.Create(1.0).AsInt64()).As<long, T>();
    }
}
