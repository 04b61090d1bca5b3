namespace Attractor.Systems;

/// <summary>
/// The map of R. M. May, "Simple mathematical models with very complicated dynamics", Nature 261 (1976): x' = r x (1 - x)
/// on [0, 1]. At r = 4 its Lyapunov exponent is ln 2 exactly.
/// </summary>
/// <param name="R">Growth rate, in [0, 4].</param>
public sealed record Logistic(double R = 4) : IObservedMap
{
    /// <inheritdoc/>
    public int Dimension => 1;

    /// <inheritdoc/>
    public int Observed => 1;

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => next[0] = R * state[0] * (1 - state[0]);

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => jacobian[0] = R * (1 - (2 * state[0]));
}
