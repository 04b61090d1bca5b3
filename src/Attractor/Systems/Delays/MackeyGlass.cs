namespace Attractor.Systems;

/// <summary>
/// The density of blood cells of M. C. Mackey and L. Glass, "Oscillation and chaos in physiological control systems", Science 197
/// (1977): x' = beta x(t - tau) / (1 + x(t - tau)^n) - gamma x.
/// </summary>
/// <param name="Beta">Rate of production.</param>
/// <param name="Gamma">Rate of decay.</param>
/// <param name="Exponent">n, how steeply production falls with the density.</param>
/// <param name="Delay">tau, from the density to the production that answers it; chaotic from about 17.</param>
public sealed record MackeyGlass(double Beta = 0.2, double Gamma = 0.1, double Exponent = 10, double Delay = 17) : DelayDifferentialEquation
{
    private static readonly string[] s_names = ["x"];

    /// <summary>The customary parameters 0.2, 0.1, 10, 17: weak chaos.</summary>
    public static MackeyGlass Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => "mackey-glass";

    /// <inheritdoc/>
    public override int Dimension => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> VariableNames => s_names;

    /// <inheritdoc/>
    public override double Delay { get; init; } = Delay;

    /// <inheritdoc/>
    public override double DefaultStep => 1;

    /// <summary>The constant 1.2.</summary>
    public override void History(double time, Span<double> state) => state[0] = 1.2;

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> state, ReadOnlySpan<double> delayed, Span<double> derivative)
        => derivative[0] = (Beta * delayed[0] / (1 + Math.Pow(delayed[0], Exponent))) - (Gamma * state[0]);
}
