using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>The forecast that all stays as it is: the identity map of the observed variables.</summary>
public sealed class Persistence : IObservedMap
{
    /// <param name="observed">N.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="observed"/> is not positive.</exception>
    public Persistence(int observed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observed);
        Observed = observed;
    }

    /// <inheritdoc/>
    public int Observed { get; }

    /// <inheritdoc/>
    public int Dimension => Observed;

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => state.CopyTo(next);

    /// <summary>The identity.</summary>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        jacobian.Clear();
        for (int n = 0; n < Dimension; n++)
            jacobian[(n * Dimension) + n] = 1;
    }
}
