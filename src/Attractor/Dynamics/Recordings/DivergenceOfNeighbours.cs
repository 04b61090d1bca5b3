namespace Attractor.Dynamics;

/// <summary>How the distance of neighbours on the attractor grows, and the largest Lyapunov exponent that its growth tells.</summary>
/// <param name="Exponent">Per row: the slope of the line.</param>
/// <param name="StandardError">Of the exponent, by the spread of the slope over the region; it knows nothing of
/// the finite length of the recording.</param>
/// <param name="Curve">The mean logarithm of the distance after 0, 1, 2, ... rows.</param>
/// <param name="Region">Where the line was fitted.</param>
/// <param name="Dimension">m of the embedding; the number of variables if there was none.</param>
/// <param name="Delay">tau of the embedding; 0 if there was none.</param>
/// <param name="Window">The Theiler window in rows.</param>
/// <param name="Radius">The radius of the neighbourhoods, in standard deviations; NaN where single
/// nearest neighbours were followed.</param>
/// <remarks>
/// The curve has three parts: at first distances turn into the unstable direction, then they grow exponentially, then they are as
/// large as the attractor. The automatic region lies between two shares of the rise from the start to the mean of the last quarter: 5 % and
/// 75 % for nearest neighbours, 30 % and 80 % for neighbourhoods; it begins no earlier than half the span of an embedded point.
/// </remarks>
public sealed record DivergenceOfNeighbours(
    double Exponent, double StandardError, double[] Curve, LinearRegion Region, int Dimension, int Delay, int Window, double Radius);
