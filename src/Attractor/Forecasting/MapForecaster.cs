using Attractor.Systems;

namespace Attractor.Forecasting;

/// <summary>A map that runs on its own after the history has driven it.</summary>
/// <param name="map">N variables are observed of its state.</param>
public sealed class MapForecaster(IObservedMap map) : IForecaster
{
    /// <summary>The map.</summary>
    public IObservedMap Map { get; } = map ?? throw new ArgumentNullException(nameof(map));

    /// <inheritdoc/>
    public int WarmUp => Map.WarmUp;

    /// <inheritdoc/>
    public double StepCost => Map.StepCost;

    /// <inheritdoc/>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <inheritdoc/>
    public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return FreeRun.After(Map, history, history.Length - 1, checked(steps + 1), cancellationToken: cancellationToken).Slice(1, steps);
    }
}
