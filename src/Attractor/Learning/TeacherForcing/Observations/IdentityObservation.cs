using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>x = the first N units: the data draw these, and are compared with them.</summary>
/// <param name="inputs">What the states are drawn towards, (T + 1) x N x lanes.</param>
/// <param name="targets">What predictions are compared with, of the same shape.</param>
/// <param name="weights">1 where a value is there, else 0, of the same shape; null where all are.</param>
/// <param name="residuals">Room for T x N x lanes values.</param>
/// <param name="observed">N.</param>
internal readonly unsafe struct IdentityObservation<S, T>(T* inputs, T* targets, T* weights, T* residuals, int observed)
    : IObservationSteps<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    /// <summary>What the square of what is missed of each variable is weighted with, N x lanes; null for 1.</summary>
    public T* Precisions { get; init; }

    private nint Row => (nint)observed * s_lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(int t, double strength, T* state)
    {
        T* x = inputs + (t * Row);
        if (weights is not null)
        {
            DrawWeighted(x, weights + (t * Row), strength, state);
            return;
        }
        S s = S.Broadcast(T.CreateTruncating(strength));
        for (nint i = 0; i < Row; i += s_lanes)
        {
            S observation = S.Load(x + i);
            S forced = strength == 1 ? observation : S.MultiplyAdd(s, observation - S.Load(state + i), S.Load(state + i));
            forced.Store(state + i);
        }
    }

    private void DrawWeighted(T* x, T* present, double strength, T* state)
    {
        S strengths = S.Broadcast(T.CreateTruncating(strength)), one = S.Broadcast(T.One);
        for (nint i = 0; i < Row; i += s_lanes)
        {
            S s = strengths * S.Load(present + i);
            // Exactly one of the two where the strength is 0 or 1.
            S.MultiplyAdd(s, S.Load(x + i), (one - s) * S.Load(state + i)).Store(state + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DrawAdjoint(int t, double strength, T* gradient)
    {
        if (weights is not null)
        {
            S one = S.Broadcast(T.One), full = S.Broadcast(T.CreateTruncating(strength));
            for (nint i = 0; i < Row; i += s_lanes)
                (S.Load(gradient + i) * (one - (full * S.Load(weights + (t * Row) + i)))).Store(gradient + i);
            return;
        }
        S kept = S.Broadcast(T.CreateTruncating(1 - strength));
        for (nint i = 0; i < Row; i += s_lanes)
            (S.Load(gradient + i) * kept).Store(gradient + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public S Compare(int t, T* next, S mask, S sum)
    {
        T* target = targets + ((t + 1) * Row), residual = residuals + (t * Row);
        T* present = weights is null ? null : weights + ((t + 1) * Row);
        for (nint i = 0; i < Row; i += s_lanes)
            sum = Residuals<S, T>.Keep(
                S.Load(next + i) - S.Load(target + i), mask, present is null ? null : present + i, residual + i, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CompareAdjoint(int t, S scale, T* gradientNext)
    {
        T* residual = residuals + (t * Row);
        if (Precisions is not null)
        {
            for (nint i = 0; i < Row; i += s_lanes)
                S.MultiplyAdd(S.Load(residual + i) * scale, S.Load(Precisions + i), S.Load(gradientNext + i)).Store(gradientNext + i);
            return;
        }
        for (nint i = 0; i < Row; i += s_lanes)
            S.MultiplyAdd(S.Load(residual + i), scale, S.Load(gradientNext + i)).Store(gradientNext + i);
    }
}
