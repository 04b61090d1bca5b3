using System.Numerics;

namespace Attractor.Learning;

/// <summary>
/// An optimiser of one's own, written as one method for float32 and float64 alike. It serves wherever the built-in
/// ones do, and is resumed to the same bits.
/// </summary>
/// <remarks>
/// The rule must treat every parameter by itself: it sees a part of them at a time, of any size, and different parts on
/// several threads at once. It must hold no state of its own but settings: all that it remembers of earlier steps lies in
/// the moments, which begin at 0 and are stored with the parameters. A gradient that is not finite must make its parameter
/// not finite, by which a divergence is found and undone.
/// </remarks>
public abstract record UpdateRule : Optimizer
{
    /// <summary>One step on some of the parameters.</summary>
    /// <param name="step">The parameters and moments, which the rule changes, their gradient, and where in the training they are.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    protected abstract void Apply<T>(in UpdateStep<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    internal sealed override unsafe void Apply<S, T>(in Descent<T> values, T** moments, long count, double rate, long step)
        => Apply(new UpdateStep<T>(values, moments, MomentCount, rate, step));
}
