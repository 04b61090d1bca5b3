using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A map whose observations are in the units of data, x = mean + scale * z, and whose state is as it was: a map of any state, where
/// <see cref="StandardizedMap"/> needs one that begins with the observation.
/// </summary>
/// <remarks>Exponents, cycles and dimensions are those of the map itself, to the bit.</remarks>
internal sealed class ObservationUnits : IObservedMap, IPairedMap
{
    private readonly IObservedMap _map;
    private readonly Standardization _units;

    /// <param name="map">Of standardised observations.</param>
    /// <param name="units">N means and N scales.</param>
    public ObservationUnits(IObservedMap map, Standardization units) => (_map, _units) = (map, units);

    public int Dimension => _map.Dimension;

    public int Observed => _map.Observed;

    public double StepCost => _map.StepCost;

    public int WarmUp => _map.WarmUp;

    [SkipLocalsInit]
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Observed);
        _units.Apply(observation[..Observed], scratch.Values);
        _map.InitialState(scratch.Values, state);
    }

    public void Observe(ReadOnlySpan<double> state, Span<double> observation)
    {
        _map.Observe(state, observation);
        _units.Undo(observation[..Observed]);
    }

    public void Step(ReadOnlySpan<double> state, Span<double> next) => _map.Step(state, next);

    [SkipLocalsInit]
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Observed);
        _units.Apply(observation[..Observed], scratch.Values);
        _map.ForcedStep(state, scratch.Values, next);
    }

    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => _map.Jacobian(state, jacobian);

    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
        => _map.StepTangent(state, next, vectors, result);

    (IObservedMap Map, IDisposable Threads)? IPairedMap.Pair()
        => (_map as IPairedMap)?.Pair() is { } pair ? (new ObservationUnits(pair.Map, _units), pair.Threads) : null;
}
