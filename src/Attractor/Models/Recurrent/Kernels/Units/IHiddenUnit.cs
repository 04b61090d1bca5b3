using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>The nonlinearity of a hidden layer r = phi(v, h), v = W2 z, forward and adjoint; both read only r.</summary>
internal interface IHiddenUnit
{
    /// <summary>What the sum W2 z starts from, given the threshold h.</summary>
    static abstract T Start<T>(T h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>r, from <paramref name="sum"/> = start + W2 z and the threshold.</summary>
    static abstract S Forward<S, T>(S sum, S h)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The gradient with respect to v and to h, from that with respect to r.</summary>
    static abstract S Backward<S, T>(S gradient, S r, S h, out S thresholdGradient)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>dr/dv given r: 0, 1 or -1.</summary>
    static abstract double Slope(double r, double h);
}
