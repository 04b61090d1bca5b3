using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>Strengths of forcing, lane by lane.</summary>
internal static unsafe class ForcingStrength<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A strength where a row is whole, 0 where it lacks a value.</summary>
    /// <param name="strength">From 0 to 1.</param>
    /// <param name="weights">(T + 1) x N x lanes, 1 where a value is there; null where all are.</param>
    /// <param name="t">The row.</param>
    /// <param name="observed">N x lanes.</param>
    public static S OfRow(double strength, T* weights, int t, nint observed)
    {
        S s = S.Broadcast(T.CreateTruncating(strength));
        for (nint n = 0; n < observed && weights is not null; n += sizeof(S) / sizeof(T))
            s *= S.Load(weights + (t * observed) + n);
        return s;
    }

    /// <summary>A strength where a row has any value, 0 where it has none.</summary>
    /// <inheritdoc cref="OfRow"/>
    public static S OfAny(double strength, T* weights, int t, nint observed)
    {
        S s = S.Broadcast(T.CreateTruncating(strength));
        if (weights is null)
            return s;
        S one = S.Broadcast(T.One), lacking = one;
        for (nint n = 0; n < observed; n += sizeof(S) / sizeof(T))
            lacking *= one - S.Load(weights + (t * observed) + n);
        return s * (one - lacking);
    }
}
