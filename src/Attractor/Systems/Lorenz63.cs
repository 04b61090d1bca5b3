namespace Attractor.Systems;

/// <summary>
/// The convection model of E. N. Lorenz, "Deterministic nonperiodic flow", J. Atmos. Sci. 20 (1963):
/// x' = sigma (y - x), y' = x (rho - z) - y, z' = x y - beta z.
/// </summary>
/// <param name="Sigma">Prandtl number.</param>
/// <param name="Rho">Relative Rayleigh number.</param>
/// <param name="Beta">Aspect ratio.</param>
public sealed record Lorenz63(double Sigma = 10, double Rho = 28, double Beta = 8.0 / 3) : OrdinaryDifferentialEquation
{
    private static readonly string[] s_names = ["x", "y", "z"];

    /// <summary>The classical parameters 10, 28, 8/3: Lyapunov exponents 0.9056, 0, -14.572 per unit of time.</summary>
    public static Lorenz63 Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => "lorenz63";

    /// <inheritdoc/>
    public override int Dimension => 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> VariableNames => s_names;

    /// <inheritdoc/>
    public override double DefaultStep => 0.01;

    /// <inheritdoc/>
    public override void InitialCondition(Span<double> state) => (state[0], state[1], state[2]) = (1, 2, 20);

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        double x = state[0], y = state[1], z = state[2];
        derivative[0] = Sigma * (y - x);
        derivative[1] = (x * (Rho - z)) - y;
        derivative[2] = (x * y) - (Beta * z);
    }

    /// <inheritdoc/>
    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        double x = state[0], y = state[1], z = state[2];
        (jacobian[0], jacobian[1], jacobian[2]) = (-Sigma, Sigma, 0);
        (jacobian[3], jacobian[4], jacobian[5]) = (Rho - z, -1, -x);
        (jacobian[6], jacobian[7], jacobian[8]) = (y, x, -Beta);
    }
}
