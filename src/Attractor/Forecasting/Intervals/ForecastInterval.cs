namespace Attractor.Forecasting;

/// <summary>Where the values of a forecast are expected, in the units of the context.</summary>
/// <param name="Low">steps x N lower ends.</param>
/// <param name="High">steps x N upper ends.</param>
/// <param name="Coverage">The share of the values of a step that are expected between them.</param>
/// <param name="CalibratedSteps">
/// Up to here they come from errors of forecasts within the context; beyond from where the values of the context lie.
/// </param>
public sealed record ForecastInterval(TimeSeries Low, TimeSeries High, double Coverage, int CalibratedSteps);
