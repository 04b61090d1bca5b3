using Attractor.Systems;

namespace Attractor.Tests.Dynamics;

/// <summary>x_i' = rate_i x_i, whose solution is known.</summary>
internal sealed record LinearFlow(params double[] Rates) : OrdinaryDifferentialEquation
{
    public override string Name => "linear";

    public override int Dimension => Rates.Length;

    public override IReadOnlyList<string> VariableNames => [.. Rates.Select((_, i) => $"x{i}")];

    public override double DefaultStep => 0.1;

    public override void InitialCondition(Span<double> state) => state.Fill(1);

    public override void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
    {
        for (int i = 0; i < state.Length; i++)
            derivative[i] = Rates[i] * state[i];
    }

    public override void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        jacobian.Clear();
        for (int i = 0; i < Rates.Length; i++)
            jacobian[i * (Rates.Length + 1)] = Rates[i];
    }
}
