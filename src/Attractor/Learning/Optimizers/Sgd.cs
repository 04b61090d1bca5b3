using System.Runtime.CompilerServices;

namespace Attractor.Learning;

/// <summary>Stochastic gradient descent with momentum: v = momentum * v + g, theta -= rate * v.</summary>
/// <param name="Momentum">0 for plain gradient descent.</param>
public sealed record Sgd(double Momentum) : Optimizer
{
    /// <inheritdoc/>
    public override int MomentCount => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal override unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
    {
        T* velocity = moments[0], theta = values.Parameters, g = values.Gradient;
        S momentum = S.Broadcast(T.CreateTruncating(Momentum)), negativeRate = S.Broadcast(T.CreateTruncating(-rate));
        for (nint i = 0; i < count; i += sizeof(S) / sizeof(T))
        {
            S v = S.MultiplyAdd(momentum, S.Load(velocity + i), S.Load(g + i));
            v.Store(velocity + i);
            S.MultiplyAdd(negativeRate, v, S.Load(theta + i)).Store(theta + i);
        }
    }
}
