namespace Attractor.Systems;

/// <summary>A map that is given by equations in text; all state variables are observed.</summary>
internal sealed class DefinedMap : IObservedMap
{
    private readonly EquationSet _equations;

    internal DefinedMap(SystemDefinition definition)
    {
        Definition = definition;
        _equations = definition.Compile();
    }

    /// <summary>The text it is made from.</summary>
    public SystemDefinition Definition { get; }

    /// <inheritdoc/>
    public int Dimension => Definition.Dimension;

    /// <inheritdoc/>
    public int Observed => Definition.Dimension;

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => _equations.Values(state, next);

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => _equations.Jacobian(state, jacobian);
}
