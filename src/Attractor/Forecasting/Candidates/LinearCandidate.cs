namespace Attractor.Forecasting;

/// <summary>A linear vector autoregression with a constant.</summary>
internal sealed class LinearCandidate : ForecastCandidate
{
    private static readonly int[] s_delays = [1, 2, 4, 8, 16];
    private static readonly double[] s_ridges = [1e-6, 1e-2, 1];

    public override string Name => "linear";

    public override string Description => "linear autoregression";

    public override string? WhyNot(ForecastContext context)
        => Settings(context).Count == 0 ? $"{context.Measured.Dimension} variables are too many for the rows there are" : null;

    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
    {
        int rows = context.Pieces.Max(piece => piece.Length), n = context.Measured.Dimension;
        return [.. s_delays.Where(k => 4 * (1 + (k * n)) < rows)
            .SelectMany(k => s_ridges.Select(ridge => new AutoregressionSetting(k, 1, 1, ridge)))];
    }

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
        => AutoregressionPath.Fit(pieces, settings, cancellationToken);
}
