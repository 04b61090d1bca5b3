namespace Attractor.Systems;

/// <summary>A map along a series of inputs: each step is driven by those of the next row.</summary>
/// <remarks>
/// It knows which row it is at, and every step moves it on: of an orbit there is one of its own, which one thread uses. Jacobians do not
/// move it; they are those of the map, as inputs are added.
/// </remarks>
public sealed class DrivenMap : IObservedMap
{
    private readonly IDrivenMap _map;
    private readonly TimeSeries _inputs;
    private readonly bool _repeats;

    private DrivenMap(IDrivenMap map, TimeSeries inputs, int row, bool repeats)
        => (_map, _inputs, Row, _repeats) = (map, inputs, row, repeats);

    /// <summary>The row that the state belongs to.</summary>
    public int Row { get; private set; }

    /// <inheritdoc/>
    public int Dimension => _map.Dimension;

    /// <inheritdoc/>
    public int Observed => _map.Observed;

    /// <inheritdoc/>
    public double StepCost => _map.StepCost;

    /// <inheritdoc/>
    public int WarmUp => _map.WarmUp;

    /// <summary>A map along inputs; a map that has none as it is.</summary>
    /// <param name="map">Any observed map.</param>
    /// <param name="inputs">T x K, complete, such as <see cref="TimeSeries.Inputs"/> of a recording; not looked at by a map without
    /// inputs.</param>
    /// <param name="row">The row that the first state belongs to: the first step is driven by the row after it.</param>
    /// <param name="repeats">Whether the inputs begin again after their last row; else a step beyond it throws.</param>
    /// <exception cref="ArgumentException">The map has another number of inputs, one of them is missing or infinite, or there is no such
    /// row.</exception>
    public static IObservedMap Along(IObservedMap map, TimeSeries? inputs, int row = 0, bool repeats = true)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map is not IDrivenMap { Inputs: > 0 } driven)
            return map;
        Require(driven, inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, inputs!.Length);
        return new DrivenMap(driven, inputs, row, repeats);
    }

    /// <summary>Refuses inputs that do not fit a map.</summary>
    /// <exception cref="ArgumentException">They are missing, of another number, or not complete.</exception>
    internal static void Require(IDrivenMap map, TimeSeries? inputs)
    {
        if (inputs is null && map.Inputs > 0)
            throw new ArgumentException(
                $"The model is driven by {Counted(map.Inputs)} and the series has none: name them, as TimeSeries.Inputs.", nameof(inputs));
        if (inputs is null)
            return;
        if (inputs.Dimension != map.Inputs)
            throw new ArgumentException(
                $"The model is driven by {Counted(map.Inputs)}, the series has {inputs.Dimension}.", nameof(inputs));
        if (inputs.FindNonFinite() is { } found)
            throw new ArgumentException($"The inputs hold {found}: fill them, as nothing takes the place of an input.", nameof(inputs));
    }

    /// <summary>Refuses a map that inputs drive where one is asked for that goes on by itself.</summary>
    /// <param name="map">The map.</param>
    /// <param name="asked">What is asked of it, such as "fixed points and cycles".</param>
    /// <exception cref="ArgumentException">It is driven.</exception>
    internal static void RequireAutonomous(IMap map, string asked)
    {
        if (map is DrivenMap or IDrivenMap { Inputs: > 0 })
            throw new ArgumentException($"The map is driven by inputs: {asked} are those of a map that goes on by itself.", nameof(map));
    }

    /// <inheritdoc/>
    public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => _map.InitialState(observation, state);

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<double> state, Span<double> observation) => _map.Observe(state, observation);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> state, Span<double> next)
    {
        _map.Step(state, next);
        Arrive(next);
    }

    /// <inheritdoc/>
    public void StepEach(ReadOnlySpan<double> states, Span<double> next)
    {
        _map.StepEach(states, next);
        Arrive(next);
    }

    /// <inheritdoc/>
    public void ForcedStep(ReadOnlySpan<double> state, ReadOnlySpan<double> observation, Span<double> next)
    {
        _map.ForcedStep(state, observation, next);
        Arrive(next);
    }

    /// <inheritdoc/>
    public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian) => _map.Jacobian(state, jacobian);

    /// <inheritdoc/>
    public void StepTangent(ReadOnlySpan<double> state, Span<double> next, ReadOnlySpan<double> vectors, Span<double> result)
    {
        _map.StepTangent(state, next, vectors, result);
        Arrive(next);
    }

    private void Arrive(Span<double> next)
    {
        if (++Row == _inputs.Length)
            Row = _repeats ? 0 : throw new InvalidOperationException($"There are inputs for {_inputs.Length} rows and no more.");
        for (int at = 0; at < next.Length; at += Dimension)
            _map.AddInput(_inputs.Row(Row), next.Slice(at, Dimension));
    }

    private static string Counted(int inputs) => inputs == 1 ? "1 input" : $"{inputs} inputs";
}
