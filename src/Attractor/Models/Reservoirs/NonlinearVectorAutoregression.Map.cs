using System.Runtime.CompilerServices;
using Attractor.Numerics;

namespace Attractor.Models;

// The autoregression as a map of its history.
public sealed partial class NonlinearVectorAutoregression
{
    /// <inheritdoc/>
    public double StepCost => (double)(Observed + 1) * FeatureCount;

    /// <summary>A history in which nothing has moved: all rows are the observation.</summary>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        for (int row = 0; row <= WarmUp; row++)
            observation[..Observed].CopyTo(state[(row * Observed)..]);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], _monomials.Size + Observed);
        Span<double> levels = scratch.Values[Observed..], newest = scratch.Values[..Observed];
        Expand(state, levels);
        for (int n = 0; n < newest.Length; n++)
            newest[n] = state[n] + Increment(n, levels);
        Shift(state, next, newest);
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension, rows = _monomials.Variables;
        double[] gradients = new double[Observed * rows];
        Differentiate(state, default, gradients);
        jacobian[..(d * d)].Clear();
        for (int n = 0; n < Observed; n++)
        {
            for (int i = 0; i < rows; i++)
                jacobian[(n * d) + Place(i)] = gradients[(n * rows) + i];
            jacobian[(n * d) + n] += 1;
        }
        for (int i = Observed; i < d; i++)
            jacobian[(i * d) + i - Observed] = 1;
    }

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int k = vectors.Length / Dimension, rows = _monomials.Variables;
        double[] gradients = new double[Observed * rows], newest = new double[Observed];
        Differentiate(state, newest, gradients);
        // Of a tangent vector as of the state, all rows but the newest move on.
        vectors[..^(Observed * k)].CopyTo(result[(Observed * k)..]);
        vectors[..(Observed * k)].CopyTo(result);
        for (int n = 0; n < Observed; n++)
            for (int i = 0; i < rows; i++)
                VectorOperations.AddScaled(result.Slice(n * k, k), gradients[(n * rows) + i], vectors.Slice(Place(i) * k, k));
        Shift(state, next, newest);
    }

    /// <summary>The derivatives of the increments, N x k N, and the next values unless there is no room for them.</summary>
    [SkipLocalsInit]
    private void Differentiate(ReadOnlySpan<double> state, Span<double> newest, Span<double> gradients)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], 2 * _monomials.Size);
        Span<double> levels = scratch.Values[.._monomials.Size], adjoint = scratch.Values[_monomials.Size..];
        Expand(state, levels);
        for (int n = 0; n < Observed; n++)
        {
            if (newest.Length > 0)
                newest[n] = state[n] + Increment(n, levels);
            _monomials.Gradient(levels, Weights(n)[Offset..], adjoint);
            adjoint[.._monomials.Variables].CopyTo(gradients[(n * _monomials.Variables)..]);
        }
    }

    private void Expand(ReadOnlySpan<double> state, Span<double> levels)
    {
        for (int delay = 0; delay < Delays; delay++)
            state.Slice(delay * Stride * Observed, Observed).CopyTo(levels[(delay * Observed)..]);
        _monomials.Expand(levels);
    }

    private double Increment(int variable, ReadOnlySpan<double> levels)
    {
        ReadOnlySpan<double> weights = Weights(variable);
        return (HasConstant ? weights[0] : 0) + _monomials.Dot(levels, weights[Offset..]);
    }

    private ReadOnlySpan<double> Weights(int variable) => _weights.AsSpan(variable * FeatureCount, FeatureCount);

    // Where in the state a delayed value is.
    private int Place(int i) => (i / Observed * Stride * Observed) + (i % Observed);

    private void Shift(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> newest)
    {
        state[..(Dimension - Observed)].CopyTo(next[Observed..]);
        newest.CopyTo(next);
    }
}
