using System.Globalization;

namespace Attractor.Systems;

/// <summary>
/// The ring of E. N. Lorenz, "Predictability: a problem partly solved", ECMWF Seminar on Predictability (1996):
/// x_i' = (x_{i+1} - x_{i-2}) x_{i-1} - x_i + F, indices modulo D.
/// </summary>
public sealed record Lorenz96 : OrdinaryDifferentialEquation
{
    private readonly string[] _names;

    /// <summary>A ring of <paramref name="dimension"/> sites.</summary>
    /// <param name="dimension">D, at least 4.</param>
    /// <param name="forcing">F; 8 is chaotic.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 4.</exception>
    public Lorenz96(int dimension = 40, double forcing = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 4);
        Dimension = dimension;
        Forcing = forcing;
        _names = [.. Enumerable.Range(1, dimension).Select(i => "x" + i.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>40 sites, forcing 8.</summary>
    public static Lorenz96 Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => "lorenz96";

    /// <inheritdoc/>
    public override int Dimension { get; }

    /// <summary>F, the constant forcing.</summary>
    public double Forcing { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> VariableNames => _names;

    /// <inheritdoc/>
    public override double DefaultStep => 0.05;

    /// <summary>The unstable equilibrium x_i = F, displaced at the first site.</summary>
    public override void InitialCondition(Span<double> state)
    {
        state.Fill(Forcing);
        state[0] += 1;
    }

    /// <inheritdoc/>
    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        int d = state.Length;
        double before2 = state[d - 2], before1 = state[d - 1];
        for (int i = 0; i < state.Length; i++)
        {
            double here = state[i], after = i + 1 < state.Length ? state[i + 1] : state[0];
            derivative[i] = ((after - before2) * before1) - here + Forcing;
            (before2, before1) = (before1, here);
        }
    }

    /// <inheritdoc/>
    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension;
        jacobian.Clear();
        for (int i = 0; i < d; i++)
        {
            int after = (i + 1) % d, before1 = (i + d - 1) % d, before2 = (i + d - 2) % d;
            Span<double> row = jacobian.Slice(i * d, d);
            row[i] = -1;
            row[after] = state[before1];
            row[before1] = state[after] - state[before2];
            row[before2] = -state[before1];
        }
    }

    /// <summary>Two rings are equal if their sizes and forcings are.</summary>
    public bool Equals(Lorenz96? other) => other is not null && Dimension == other.Dimension && Forcing.Equals(other.Forcing);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, Forcing);
}
