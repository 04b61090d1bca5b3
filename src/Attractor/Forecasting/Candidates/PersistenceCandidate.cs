using Attractor.Evaluation;

namespace Attractor.Forecasting;

/// <summary>All stays as it is.</summary>
internal sealed class PersistenceCandidate : ForecastCandidate
{
    public override string Name => "persistence";

    public override string Description => "the last row again";

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
        => [.. settings.Select(_ => new MapForecaster(new Persistence(pieces[0].Dimension)))];
}
