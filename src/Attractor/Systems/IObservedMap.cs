namespace Attractor.Systems;

/// <summary>A map of whose state N variables are observed: it can forecast and be compared with data.</summary>
/// <remarks>
/// The state at row t of a series is the one before the observation x_t is taken in: <see cref="Observe"/> of it predicts
/// x_t, and <see cref="ForcedStep"/> with x_t leads to the state at row t + 1. What the default implementations say is right where the
/// observed variables are the first N of the state.
/// </remarks>
public interface IObservedMap : IMap
{
    /// <summary>N, the number of observed variables.</summary>
    int Observed { get; }

    /// <summary>
    /// How many rows of history a forecast needs before its start, so that what the state remembers of an arbitrary beginning is gone; 0
    /// where the state follows from one observation.
    /// </summary>
    int WarmUp => 0;

    /// <summary>The state that goes with one observation and no history: N values in, D values out.</summary>
    void InitialState(ReadOnlySpan<double> observation, Span<double> state);

    /// <summary>What is observed of a state: D values in, N values out.</summary>
    void Observe(ReadOnlySpan<double> state, Span<double> observation) => state[..Observed].CopyTo(observation);

    /// <summary>A step in which the data take the place of what the map would observe of its own state.</summary>
    /// <param name="state">D values.</param>
    /// <param name="observation">N values; where one is NaN, the map goes on with its own.</param>
    /// <param name="next">D values; may be <paramref name="state"/>.</param>
    void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        if (state != next)
            state.CopyTo(next);
        for (int n = 0; n < Observed; n++)
            if (!double.IsNaN(observation[n]))
                next[n] = observation[n];
        Step(next, next);
    }
}
