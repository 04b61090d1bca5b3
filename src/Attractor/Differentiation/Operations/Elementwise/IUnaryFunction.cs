using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>y = f(x) of single values, f with one setting a, and its derivative.</summary>
internal interface IUnaryFunction
{
    static abstract S Value<S, T>(S x, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>dy/dx, from x or from y.</summary>
    static abstract S Derivative<S, T>(S x, S y, S a)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
