using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>a + b.</summary>
internal readonly struct Add : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One);
}

/// <summary>a - b.</summary>
internal readonly struct Subtract : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => default(S) - S.Broadcast(T.One);
}

/// <summary>a b.</summary>
internal readonly struct Multiply : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a;
}

/// <summary>a / b.</summary>
internal readonly struct Divide : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One) / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => default(S) - (y / b);
}

/// <summary>The larger of a and b; of equals, the derivative is that of b.</summary>
internal readonly struct Maximum : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(a, b, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.WhereGreater(a, b, S.Broadcast(T.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(a, b, default, S.Broadcast(T.One));
}

/// <summary>The smaller of a and b; of equals, the derivative is that of b.</summary>
internal readonly struct Minimum : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(b, a, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.WhereGreater(b, a, S.Broadcast(T.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(b, a, default, S.Broadcast(T.One));
}

/// <summary>log p(b | logit a) = a b - log(1 + e^a), for b from 0 to 1.</summary>
internal readonly struct BernoulliLogLikelihood : IBinaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (a * b) - Logistic<S, T>.Softplus(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => b - Logistic<S, T>.Sigmoid(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a;
}
