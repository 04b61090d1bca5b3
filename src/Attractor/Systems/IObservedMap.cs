namespace Attractor.Systems;

/// <summary>A map whose first N state variables are what is observed: it can forecast and be compared with data.</summary>
public interface IObservedMap : IMap
{
    /// <summary>N, the number of observed variables: the first N of the state.</summary>
    int Observed { get; }

    /// <summary>The state that goes with one observation: N values in, D values out.</summary>
    void InitialState(ReadOnlySpan<double> observation, Span<double> state);
}
