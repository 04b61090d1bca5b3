using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y = f(a, b) of single values, and its two derivatives.</summary>
internal interface IBinaryFunction
{
    static abstract S Value<S, T>(S a, S b)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>dy/da.</summary>
    static abstract S DerivativeOfFirst<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>dy/db.</summary>
    static abstract S DerivativeOfSecond<S, T>(S a, S b, S y)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
