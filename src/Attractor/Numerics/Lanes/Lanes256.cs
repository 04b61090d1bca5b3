using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attractor.Numerics.Lanes;

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
    public static Lanes256<T> Relu(Lanes256<T> a) => new(Vector256.MaxNative(Vector256<T>.Zero, a._a), Vector256.MaxNative(Vector256<T>.Zero, a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(b._a, a._a), Vector256.MinNative(b._b, a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereGreater(Lanes256<T> a, Lanes256<T> b, Lanes256<T> value)
        => new(Vector256.ConditionalSelect(Vector256.GreaterThan(a._a, b._a), value._a, Vector256<T>.Zero), Vector256.ConditionalSelect(Vector256.GreaterThan(a._b, b._b), value._b, Vector256<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> a)
    {
        Vector256<T> half = a._a + a._b;
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }
}
