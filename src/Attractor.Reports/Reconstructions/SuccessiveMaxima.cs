namespace Attractor.Reports;

/// <summary>
/// The local maxima of a series, each refined by the parabola through it and its neighbours:
/// Lorenz's return map is each over the one before.
/// </summary>
internal static class SuccessiveMaxima
{
    public static double[] Of(IReadOnlyList<double> series)
    {
        List<double> maxima = [];
        for (int t = 1; t < series.Count - 1; t++)
        {
            (double before, double at, double after) = (series[t - 1], series[t], series[t + 1]);
            if (!(at > before && at >= after))
                continue;
            double slope = (after - before) / 2, curvature = before - (2 * at) + after;
            maxima.Add(at - (slope * slope / (2 * curvature)));
        }
        return [.. maxima];
    }
}
