using Attractor.Numerics;

namespace Attractor.Systems;

/// <content>Recordings.</content>
public sealed partial record SystemDefinition
{
    private const int DefaultTransient = 1000;

    /// <summary>Records the system.</summary>
    /// <param name="steps">T, the rows of the recording.</param>
    /// <param name="dt">Of a flow, the time between two rows; <see cref="RecordingStep"/> if absent. A map has none.</param>
    /// <param name="transient">Rows to run through and drop beforehand.</param>
    /// <param name="seed">Displaces the initial condition at random, for recordings that are independent of each other.</param>
    /// <exception cref="ArgumentException">A size or the time step is not positive.</exception>
    /// <exception cref="ArithmeticException">The solution left the finite numbers.</exception>
    public TimeSeries Simulate(int steps, double? dt = null, int transient = DefaultTransient, ulong? seed = null)
    {
        if (Kind is SystemKind.Flow)
            return ToFlow().Simulate(steps, dt, transient, seed);
        double[] start = [.. Start];
        if (seed is ulong key)
        {
            RandomStream random = new(key, "initial condition");
            for (int i = 0; i < start.Length; i++)
                start[i] *= 1 + (1e-3 * random.NextNormal());
        }
        TimeSeries series = FreeRun.From(ToMap(), start, steps, transient, names: Variables);
        return series.FindNonFinite() is { } position
            ? throw new ArithmeticException(
                $"{Name} left the finite numbers at step {transient + position.FirstRow}: start nearer to the attractor, "
                + $"or change a parameter.")
            : series;
    }
}
