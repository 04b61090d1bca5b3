using System.Numerics;
using System.Runtime.CompilerServices;

namespace Attractor.Numerics;

/// <summary>The logistic function and the logarithms that go with it, of a block of lanes, accurate in both tails.</summary>
public static class Logistic<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Sigmoid(S x)
    {
        S one = S.Broadcast(T.One), e = Exponential<S, T>.Of(default(S) - S.Abs(x)), p = one / (one + e);
        return S.Select(default, x, e * p, p);
    }

    /// <summary>log(1 + e^x) = max(x, 0) + log(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S Softplus(S x) => S.Relu(x) + Logarithm<S, T>.OfOnePlus(Exponential<S, T>.Of(default(S) - S.Abs(x)));
}
