using Attractor.Learning;
using Attractor.Systems;

namespace Attractor.Forecasting;

/// <summary>Identified equations that go on from a history.</summary>
public sealed class EquationForecaster : IForecaster
{
    private readonly MapForecaster _map;

    /// <summary>Equations in the units of a context as a forecaster in its standard deviations.</summary>
    /// <param name="equations">What was identified.</param>
    /// <param name="piece">A piece of the context; its <see cref="TimeSeries.Standardization"/> leads to the units.</param>
    public EquationForecaster(IdentifiedEquations equations, TimeSeries piece)
    {
        ArgumentNullException.ThrowIfNull(equations);
        ArgumentNullException.ThrowIfNull(piece);
        Equations = equations;
        IObservedMap flow = equations.ToFlow().ToMap(equations.Dt);
        _map = new(piece.Standardization is { } units ? new StandardizedMap(flow, units) : flow);
    }

    /// <summary>The equations, in the units of the context.</summary>
    public IdentifiedEquations Equations { get; }

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public double StepCost => 16.0 * Equations.TermCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> Lines => Equations.Lines();

    /// <inheritdoc/>
    public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
        => _map.Continue(history, steps, cancellationToken);
}
