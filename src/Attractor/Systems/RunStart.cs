namespace Attractor.Systems;

/// <summary>Where a free run sets out from.</summary>
/// <param name="Model">The map, along inputs where they drive it.</param>
/// <param name="State">D values.</param>
/// <param name="Observation">The N values that row 0 is, which the first step takes in.</param>
internal sealed record RunStart(IObservedMap Model, double[] State, double[] Observation)
{
    /// <summary>As <see cref="FreeRun.After"/> does.</summary>
    public static RunStart After(IObservedMap model, TimeSeries history, int start, int warmUp = -1) => new(
        DrivenMap.Along(model, history.Inputs, start), FreeRun.StateAt(model, history, start, warmUp), [.. history.Row(start)]);

    /// <summary>As <see cref="FreeRun.From"/> does.</summary>
    public static RunStart From(IObservedMap model, ReadOnlySpan<double> observation)
    {
        double[] state = new double[model.Dimension];
        model.InitialState(observation, state);
        return new(model, state, [.. observation]);
    }
}
