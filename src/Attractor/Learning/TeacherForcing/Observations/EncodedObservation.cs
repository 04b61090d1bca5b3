using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>An observation model: the signals of its encoder draw the units that are read, and the likelihood is that of these.</summary>
/// <param name="likelihood">Signals and predictions of the block, and the gradients with respect to both.</param>
/// <param name="weights">1 where a value of the data is there, else 0, (T + 1) x N x lanes; null where all are.</param>
/// <param name="observed">N.</param>
internal readonly unsafe struct EncodedObservation<S, T>(ReadoutLikelihood<T> likelihood, T* weights, int observed)
    : IObservationSteps<S, T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int s_lanes = sizeof(S) / sizeof(T);

    private nint Row => (nint)observed * s_lanes;

    private nint Units => (nint)likelihood.Units * s_lanes;

    // z~ = (1 - s) z + s signal, with s = 0 where all of the row is missing; the first state is made from the data
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(int t, double strength, T* state)
    {
        if (t == 0)
            return;
        S s = ForcingStrength<S, T>.OfAny(strength, weights, t, Row);
        T* signal = likelihood.Signal(t);
        for (nint i = 0; i < Units; i += s_lanes)
        {
            S z = S.Load(state + i);
            S.MultiplyAdd(s, S.Load(signal + i) - z, z).Store(state + i);
        }
    }

    // The share s of the gradient goes to the signal, the rest to the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DrawAdjoint(int t, double strength, T* gradient)
    {
        S s = ForcingStrength<S, T>.OfAny(strength, weights, t, Row);
        T* signal = likelihood.SignalGradient(t);
        for (nint i = 0; i < Units; i += s_lanes)
        {
            S g = S.Load(gradient + i), share = s * g;
            (S.Load(signal + i) + share).Store(signal + i);
            (g - share).Store(gradient + i);
        }
    }

    // Forcing will overwrite what is predicted. How likely that is is asked of all steps at once.
    public S Compare(int t, T* next, S mask, S sum)
    {
        new Span<T>(next, (int)Units).CopyTo(new(likelihood.Predicted(t), (int)Units));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CompareAdjoint(int t, S scale, T* gradientNext)
    {
        T* predicted = likelihood.PredictedGradient(t);
        for (nint i = 0; i < Units; i += s_lanes)
            (S.Load(gradientNext + i) + S.Load(predicted + i)).Store(gradientNext + i);
    }
}
