namespace Attractor.Systems;

/// <summary>A map that external inputs may drive: z_{t+1} = F(z_t) + what the inputs s_{t+1} of the arrival time add.</summary>
/// <remarks>
/// Its step is F alone. With the inputs of a series it is a <see cref="DrivenMap"/>, which is what orbits and exponents are asked of; it is
/// not autonomous, so that it has no fixed points, cycles or basins of its own.
/// </remarks>
public interface IDrivenMap : IObservedMap
{
    /// <summary>K, the number of inputs; 0 of a map that goes on by itself.</summary>
    int Inputs { get; }

    /// <summary>Adds what the inputs bring to a state that a step has led to.</summary>
    /// <param name="input">K values, in the inputs' own units.</param>
    /// <param name="state">D values.</param>
    void AddInput(ReadOnlySpan<double> input, Span<double> state);
}
