using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Models;

/// <summary>
/// A generative model of standardised variables in the units of its data: what it is given is standardised, what it gives is not.
/// </summary>
/// <remarks>
/// The state of a recurrent network begins with the observed variables and is in the units of the data as far as these go; any other state
/// (of a reservoir, a history, under an affine observation) is that of the model inside. Exponents do not depend on it.
/// </remarks>
public class StandardizedModel : IGenerativeModel, IPairedMap, IDrivenMap
{
    private readonly IObservedMap _map;

    private protected StandardizedModel(IGenerativeModel model, Standardization standardization)
    {
        (Model, Standardization) = (model, standardization);
        _map = model is RecurrentModel { IsAffine: false }
            ? new StandardizedMap(model, standardization.Inverse)
            : new ObservationUnits(model, standardization);
    }

    /// <summary>The model inside, of standardised variables.</summary>
    public IGenerativeModel Model { get; }

    /// <summary>The units of the data.</summary>
    public Standardization Standardization { get; }

    /// <inheritdoc/>
    public string Kind => Model.Kind;

    /// <inheritdoc/>
    public int ParameterCount => Model.ParameterCount;

    /// <inheritdoc/>
    public string Description => Model.Description;

    /// <inheritdoc/>
    public int Dimension => _map.Dimension;

    /// <inheritdoc/>
    public int Observed => _map.Observed;

    /// <inheritdoc/>
    public double StepCost => Model.StepCost;

    /// <inheritdoc/>
    public int WarmUp => _map.WarmUp;

    /// <summary>A model in the units of its data; the model itself where there are none. Piecewise linear if it is.</summary>
    /// <param name="model">A model of N standardised variables.</param>
    /// <param name="standardization">N means and N positive scales; null for none.</param>
    /// <exception cref="ArgumentException">The units are not for N variables, or a scale is not positive.</exception>
    public static IGenerativeModel Of(IGenerativeModel model, Standardization? standardization)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (standardization is null)
            return model;
        standardization.Require(model.Observed);
        return model is RecurrentModel and IPiecewiseLinearMap
            ? new StandardizedNetwork(model, standardization)
            : new StandardizedModel(model, standardization);
    }

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => _map.InitialState(observation, state);

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<double> state, Span<double> observation) => _map.Observe(state, observation);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next) => _map.Step(state, next);

    /// <inheritdoc/>
    public void StepEach(ReadOnlySpan<double> states, Span<double> next) => _map.StepEach(states, next);

    /// <inheritdoc/>
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
        => _map.ForcedStep(state, observation, next);

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => _map.Jacobian(state, jacobian);

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
        => _map.StepTangent(state, next, vectors, result);

    /// <inheritdoc/>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null)
        => FreeRun.AfterWarmUp(this, from, steps, start, warmUp);

    /// <inheritdoc cref="FreeRun.Along"/>
    public TimeSeries Generate(TimeSeries from, TimeSeries inputs, int start = 0, int? warmUp = null)
        => FreeRun.Along(this, from, inputs, start, warmUp);

    private protected bool IsAffine => Model is RecurrentModel { IsAffine: true };

    /// <inheritdoc/>
    public int Inputs => (Model as IDrivenMap)?.Inputs ?? 0;

    /// <inheritdoc/>
    public void AddInput(ReadOnlySpan<double> input, Span<double> state)
    {
        if (Inputs == 0)
            return;
        // What is added to a standardised variable is a difference, which has no mean.
        double[] added = new double[Dimension];
        ((IDrivenMap)Model).AddInput(input, added);
        for (int i = 0; i < added.Length; i++)
            state[i] += added[i] * (i < Observed && !IsAffine ? Standardization.Scale[i] : 1);
    }

    (IObservedMap Map, IDisposable Threads)? IPairedMap.Pair() => (_map as IPairedMap)?.Pair();
}
