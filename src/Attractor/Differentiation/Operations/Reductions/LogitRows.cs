using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>What the operations on rows of logits share.</summary>
internal static unsafe class LogitRows<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>sum_j e^(x_j - shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static T SumOfExponentials(T* x, T shift, nint count)
    {
        S sum = default, all = S.Broadcast(shift);
        nint whole = PartialLanes<S, T>.Whole(count), rest = count - whole;
        for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
            sum += Exponential<S, T>.Of(S.Load(x + j) - all);
        T total = S.Sum(sum);
        if (rest > 0)
            total += PartialLanes<S, T>.Sum(Exponential<S, T>.Of(PartialLanes<S, T>.Load(x + whole, rest) - all), rest);
        return total;
    }

    /// <summary>y_j = factor e^(x_j - shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Exponentials(T* x, T shift, T factor, T* y, nint count)
    {
        S all = S.Broadcast(shift), scale = S.Broadcast(factor);
        nint whole = PartialLanes<S, T>.Whole(count), rest = count - whole;
        for (nint j = 0; j < whole; j += PartialLanes<S, T>.Lanes)
            (scale * Exponential<S, T>.Of(S.Load(x + j) - all)).Store(y + j);
        if (rest > 0)
            PartialLanes<S, T>.Store(scale * Exponential<S, T>.Of(PartialLanes<S, T>.Load(x + whole, rest) - all), y + whole, rest);
    }
}
