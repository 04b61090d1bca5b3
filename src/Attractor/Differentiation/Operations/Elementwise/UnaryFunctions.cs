using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>e^x.</summary>
internal readonly struct Exponential : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Exponential<S, T>.Of(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => y;
}

/// <summary>log x.</summary>
internal readonly struct NaturalLogarithm : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Logarithm<S, T>.Of(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One) / x;
}

/// <summary>The root of x.</summary>
internal readonly struct SquareRoot : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.CreateTruncating(0.5)) / y;
}

/// <summary>x^2.</summary>
internal readonly struct Square : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x + x;
}

/// <summary>1 / x.</summary>
internal readonly struct Reciprocal : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One) / x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => default(S) - (y * y);
}

/// <summary>|x|; its derivative at 0 is taken as 0.</summary>
internal readonly struct Absolute : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(x, default, S.Broadcast(T.One), S.WhereGreater(default, x, default(S) - S.Broadcast(T.One)));
}

/// <summary>tanh x.</summary>
internal readonly struct Tanh : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => HyperbolicTangent<S, T>.Of(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One) - (y * y);
}

/// <summary>1 / (1 + e^-x).</summary>
internal readonly struct Sigmoid : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Logistic<S, T>.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => y * (S.Broadcast(T.One) - y);
}

/// <summary>log(1 + e^x).</summary>
internal readonly struct Softplus : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Logistic<S, T>.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Logistic<S, T>.Sigmoid(x);
}

/// <summary>-log(1 + e^-x).</summary>
internal readonly struct LogSigmoid : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => default(S) - Logistic<S, T>.Softplus(default(S) - x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Logistic<S, T>.Sigmoid(default(S) - x);
}

/// <summary>x above 0, a x below; its derivative at 0 is taken as a.</summary>
internal readonly struct LeakyRelu : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(x, default, x, a * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Select(x, default, S.Broadcast(T.One), a);
}

/// <summary>a x.</summary>
internal readonly struct Scale : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => a;
}

/// <summary>x + a.</summary>
internal readonly struct Offset : IUnaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x + a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => S.Broadcast(T.One);
}
