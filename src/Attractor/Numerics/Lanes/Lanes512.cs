using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attractor.Numerics;

/// <summary>A block of lanes in one 512-bit register.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<T> a) => _a = a;

    public static int Accumulators => 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value)
    {
        Vector512<T> all = Vector512.Create(value);
        return new(all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* target)
    {
        _a.Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.FusedMultiplyAdd(a._a.AsSingle(), b._a.AsSingle(), c._a.AsSingle()).As<float, T>());
        return new(Vector512.FusedMultiplyAdd(a._a.AsDouble(), b._a.AsDouble(), c._a.AsDouble()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a._a + b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a._a - b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a._a * b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a._a / b._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> a) => new(Vector512.Abs(a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FlipSign(Lanes512<T> a, Lanes512<T> b)
    {
        Vector512<T> sign = Vector512.Create(T.NegativeZero);
        return new(a._a ^ (b._a & sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Relu(Lanes512<T> a) => new(Vector512.MaxNative(Vector512<T>.Zero, a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MinNative(b._a, a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereGreater(Lanes512<T> a, Lanes512<T> b, Lanes512<T> value)
        => new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._a, b._a), value._a, Vector512<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> a, Lanes512<T> b, Lanes512<T> value, Lanes512<T> otherwise)
        => new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._a, b._a), value._a, otherwise._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> a) => new(Round(a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> PowerOfTwo(Lanes512<T> n) => new(PowerOfTwo(n._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> a) => new(Exponent(a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Significand(Lanes512<T> a) => new(Significand(a._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> a)
    {
        Vector256<T> half = a._a.GetLower() + a._a.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Round(Vector512<T> a)
        => typeof(T) == typeof(float) ? Vector512.Round(a.AsSingle()).As<float, T>() : Vector512.Round(a.AsDouble()).As<double, T>();

    // Adding 2^p + bias, p the bits of the significand, leaves n + bias in the lowest bits, from where it moves to those of the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfTwo(Vector512<T> n)
    {
        if (typeof(T) == typeof(float))
            return Vector512.ShiftLeft((n.AsSingle() + Vector512.Create(8388608f + 127)).AsInt32(), 23).As<int, T>();
        return Vector512.ShiftLeft((n.AsDouble() + Vector512.Create(4503599627370496.0 + 1023)).AsInt64(), 52).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Exponent(Vector512<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((Vector512.ShiftRightLogical(a.AsInt32(), 23) | Vector512.Create(8388608f).AsInt32()).AsSingle()
                - Vector512.Create(8388608f + 127)).As<float, T>();
        return ((Vector512.ShiftRightLogical(a.AsInt64(), 52) | Vector512.Create(4503599627370496.0).AsInt64()).AsDouble()
            - Vector512.Create(4503599627370496.0 + 1023)).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Significand(Vector512<T> a)
    {
        if (typeof(T) == typeof(float))
            return ((a.AsInt32() & Vector512.Create(0x7FFFFF)) | Vector512.Create(1f).AsInt32()).As<int, T>();
        return ((a.AsInt64() & Vector512.Create(0xFFFFFFFFFFFFF)) | Vector512.Create(1.0).AsInt64()).As<long, T>();
    }
}
