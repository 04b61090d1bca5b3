namespace Attractor.Systems;

/// <summary>
/// The folded band of O. E. Roessler, "An equation for continuous chaos", Phys. Lett. A 57 (1976):
/// x' = -y - z, y' = x + a y, z' = b + z (x - c).
/// </summary>
/// <param name="A">Expansion of the spiral in the plane.</param>
/// <param name="B">Injection.</param>
/// <param name="C">The x at which the trajectory is lifted out of the plane.</param>
public sealed record Roessler(double A = 0.2, double B = 0.2, double C = 5.7) : OrdinaryDifferentialEquation
{
    private static readonly string[] s_names = ["x", "y", "z"];

    /// <summary>The classical parameters 0.2, 0.2, 5.7: Lyapunov exponents 0.0714, 0, -5.394 per unit of time.</summary>
    public static Roessler Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => "roessler";

    /// <inheritdoc/>
    public override int Dimension => 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> VariableNames => s_names;

    /// <inheritdoc/>
    public override double DefaultStep => 0.05;

    /// <inheritdoc/>
    public override void InitialCondition(Span<double> state) => (state[0], state[1], state[2]) = (4, -4, 0.1);

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        double x = state[0], y = state[1], z = state[2];
        derivative[0] = -y - z;
        derivative[1] = x + (A * y);
        derivative[2] = B + (z * (x - C));
    }

    /// <inheritdoc/>
    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        double x = state[0], z = state[2];
        (jacobian[0], jacobian[1], jacobian[2]) = (0, -1, -1);
        (jacobian[3], jacobian[4], jacobian[5]) = (1, A, 0);
        (jacobian[6], jacobian[7], jacobian[8]) = (z, 0, x - C);
    }
}
