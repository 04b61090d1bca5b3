namespace Attractor.Systems;

/// <summary>
/// The map of M. Henon, "A two-dimensional mapping with a strange attractor", Commun. Math. Phys. 50 (1976):
/// x' = 1 - a x^2 + y, y' = b x. Its Lyapunov exponents sum to ln |b| exactly.
/// </summary>
/// <param name="A">Strength of the fold.</param>
/// <param name="B">Contraction of area.</param>
public sealed record Henon(double A = 1.4, double B = 0.3) : IObservedMap
{
    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public int Observed => 2;

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next)
        => (next[0], next[1]) = (1 - (A * state[0] * state[0]) + state[1], B * state[0]);

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
        => (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (-2 * A * state[0], 1, B, 0);
}
