using Attractor.Systems;

namespace Attractor.Tests.Systems;

/// <summary>The Henon map of one observed variable: its state holds the last two rows, so that one observation does not tell it.</summary>
/// <param name="b">0.3 of the map itself; another value makes a model that errs.</param>
internal sealed class DelayedHenon(double b = 0.3) : IObservedMap
{
    public int Dimension => 2;

    public int Observed => 1;

    public int WarmUp => 2;

    /// <summary>What follows on two rows, the newest first.</summary>
    public double Next(double last, double before) => 1 - (1.4 * last * last) + (b * before);

    /// <summary>An orbit of the map on its attractor.</summary>
    public static TimeSeries Orbit(int rows)
    {
        DelayedHenon map = new();
        double[] values = new double[rows];
        (values[0], values[1]) = (0.1, 0.2);
        for (int t = 2; t < rows; t++)
            values[t] = map.Next(values[t - 1], values[t - 2]);
        return new(values, 1);
    }

    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => state.Fill(observation[0]);

    public void Observe(ReadOnlySpan<double> state, Span<double> observation) => observation[0] = Next(state[0], state[1]);

    public void Step(ReadOnlySpan<double> state, Span<double> next) => (next[1], next[0]) = (state[0], Next(state[0], state[1]));

    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
        => (next[1], next[0]) = (state[0], double.IsNaN(observation[0]) ? Next(state[0], state[1]) : observation[0]);

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
        => (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (-2.8 * state[0], b, 1, 0);
}
