using Attractor.Systems;

namespace Attractor.Tests.Systems.Delays;

/// <summary>
/// x' = a x(t - tau), y' = a y(t - tau) - x with history (1, 0), in two variables so that their places are told apart.
/// </summary>
internal sealed record LinearDelay(double Factor, double Delay) : DelayDifferentialEquation
{
    public override string Name => "linear";

    public override int Dimension => 2;

    public override IReadOnlyList<string> VariableNames { get; } = ["x", "y"];

    public override double Delay { get; init; } = Delay;

    public override double DefaultStep => 0.1;

    public override void History(double time, Span<double> state) => (state[0], state[1]) = (1, 0);

    public override void Derivative(ReadOnlySpan<double> state, ReadOnlySpan<double> delayed, Span<double> derivative)
    {
        derivative[0] = Factor * delayed[0];
        derivative[1] = (Factor * delayed[1]) - state[0];
    }
}
