using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A map in other units: u = (x - mean) / scale for its observed variables, so that a known system can be compared with
/// standardised data. State variables that are not observed keep their units.
/// </summary>
public sealed class StandardizedMap : IObservedMap
{
    private readonly IObservedMap _map;
    private readonly double[] _mean, _scale;

    /// <summary>The map <paramref name="map"/> in the units of <paramref name="units"/>.</summary>
    /// <param name="map">A map in its own units.</param>
    /// <param name="units">N means and N positive scales, for the N observed variables.</param>
    /// <exception cref="ArgumentException">The units are not for N variables, a scale is not positive, or the map needs a
    /// history.</exception>
    public StandardizedMap(IObservedMap map, Standardization units)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(units);
        units.Require(map.Observed, nameof(units));
        if (map.WarmUp > 0)
            throw new ArgumentException(
                "The state of this map holds more than the present observation: only a map whose state begins with it can "
                + "be given other units.",
                nameof(map));
        _map = map;
        int hidden = map.Dimension - map.Observed;
        _mean = [.. units.Mean, .. Enumerable.Repeat(0.0, hidden)];
        _scale = [.. units.Scale, .. Enumerable.Repeat(1.0, hidden)];
    }

    /// <inheritdoc/>
    public int Dimension => _map.Dimension;

    /// <inheritdoc/>
    public int Observed => _map.Observed;

    /// <inheritdoc/>
    public double StepCost => _map.StepCost;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Observed);
        ToOwnUnits(observation, scratch.Values);
        _map.InitialState(scratch.Values, state);
        FromOwnUnits(state);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], Dimension);
        ToOwnUnits(state, scratch.Values);
        _map.Step(scratch.Values, next);
        FromOwnUnits(next);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void StepEach(ReadOnlySpan<double> states, Span<double> next)
    {
        int d = Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], states.Length);
        for (int at = 0; at < states.Length; at += d)
            ToOwnUnits(states.Slice(at, d), scratch.Values.Slice(at, d));
        _map.StepEach(scratch.Values, next);
        for (int at = 0; at < states.Length; at += d)
            FromOwnUnits(next.Slice(at, d));
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
    {
        int d = Dimension;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d);
        ToOwnUnits(state, scratch.Values);
        _map.Jacobian(scratch.Values, jacobian);
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                jacobian[(i * d) + j] *= _scale[j] / _scale[i];
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        int d = Dimension, k = vectors.Length / d;
        using Scratch scratch = new(stackalloc double[Scratch.OnStack], d + vectors.Length);
        Span<double> own = scratch.Values[..d], scaled = scratch.Values[d..];
        ToOwnUnits(state, own);
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = vectors[i] * _scale[i / k];
        _map.StepTangent(own, next, scaled, result);
        FromOwnUnits(next);
        for (int i = 0; i < scaled.Length; i++)
            result[i] /= _scale[i / k];
    }

    private void ToOwnUnits(ReadOnlySpan<double> standard, Span<double> own)
    {
        for (int i = 0; i < standard.Length; i++)
            own[i] = _mean[i] + (_scale[i] * standard[i]);
    }

    private void FromOwnUnits(Span<double> state)
    {
        for (int i = 0; i < state.Length; i++)
            state[i] = (state[i] - _mean[i]) / _scale[i];
    }
}
