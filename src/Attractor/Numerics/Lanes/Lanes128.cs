using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Attractor.Numerics.Lanes;

/// <summary>A block of lanes in four 128-bit registers, or plain arithmetic where there are none.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _a, _b, _c, _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d) => (_a, _b, _c, _d) = (a, b, c, d);

    public static int Accumulators => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(Vector128.Load(source), Vector128.Load(source + Vector128<T>.Count), Vector128.Load(source + (2 * Vector128<T>.Count)), Vector128.Load(source + (3 * Vector128<T>.Count)));

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
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a._a), Vector128.Sqrt(a._b), Vector128.Sqrt(a._c), Vector128.Sqrt(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a._a), Vector128.Abs(a._b), Vector128.Abs(a._c), Vector128.Abs(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FlipSign(Lanes128<T> a, Lanes128<T> b)
    {
        Vector128<T> sign = Vector128.Create(T.NegativeZero);
        return new(a._a ^ (b._a & sign), a._b ^ (b._b & sign), a._c ^ (b._c & sign), a._d ^ (b._d & sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Relu(Lanes128<T> a) => new(Vector128.MaxNative(Vector128<T>.Zero, a._a), Vector128.MaxNative(Vector128<T>.Zero, a._b), Vector128.MaxNative(Vector128<T>.Zero, a._c), Vector128.MaxNative(Vector128<T>.Zero, a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MinNative(b._a, a._a), Vector128.MinNative(b._b, a._b), Vector128.MinNative(b._c, a._c), Vector128.MinNative(b._d, a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereGreater(Lanes128<T> a, Lanes128<T> b, Lanes128<T> value)
        => new(Vector128.ConditionalSelect(Vector128.GreaterThan(a._a, b._a), value._a, Vector128<T>.Zero), Vector128.ConditionalSelect(Vector128.GreaterThan(a._b, b._b), value._b, Vector128<T>.Zero), Vector128.ConditionalSelect(Vector128.GreaterThan(a._c, b._c), value._c, Vector128<T>.Zero), Vector128.ConditionalSelect(Vector128.GreaterThan(a._d, b._d), value._d, Vector128<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> a)
    {
        Vector128<T> quarter = (a._a + a._c) + (a._b + a._d);
        return typeof(T) == typeof(float) ? (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]) : quarter[0] + quarter[1];
    }
}
