using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A one-step method. It keeps nothing between calls: the same state is always carried to the same state, on any thread.
/// </summary>
public abstract record Integrator
{
    /// <summary>
    /// Vectors of the state's size that <see cref="Advance(IVectorField, Span{double}, double, Span{double})"/> works in.
    /// </summary>
    private protected abstract int WorkVectors { get; }

    /// <summary>Carries <paramref name="state"/> along the field for the time <paramref name="dt"/>, in place.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="state">D values.</param>
    /// <param name="dt">Time, positive, in the units of the field.</param>
    /// <exception cref="ArithmeticException">An adaptive method cannot keep its tolerance.</exception>
    [SkipLocalsInit]
    public void Advance(IVectorField field, Span<double> state, double dt)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (state.Length != field.Dimension)
            throw new ArgumentException($"Expected a state of {field.Dimension} values, found {state.Length}.", nameof(state));
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], WorkVectors * state.Length);
        Advance(field, state, dt, scratch.Values);
    }

    private protected abstract void Advance(IVectorField field, Span<double> state, double dt, Span<double> work);
}
