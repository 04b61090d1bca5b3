namespace Attractor.Dynamics;

/// <summary>A stretch of a curve that is taken for a straight line, with the line.</summary>
/// <param name="From">Index of its first point.</param>
/// <param name="To">Index of its last point.</param>
/// <param name="Slope">Of the least-squares line.</param>
/// <param name="Intercept">Of the least-squares line at 0.</param>
/// <param name="StandardError">Of the slope: the spread of the local slopes over the stretch, by the number of independent ones.</param>
public sealed record LinearRegion(int From, int To, double Slope, double Intercept, double StandardError)
{
    /// <summary>The least-squares line through the points from .. to.</summary>
    internal static LinearRegion Fit(IReadOnlyList<double> x, IReadOnlyList<double> y, int from, int to)
    {
        (double slope, double intercept) = Line(x, y, from, to);
        // Halves, thirds, ... of the stretch: points of such curves are not independent, pieces of it nearly are.
        int pieces = Math.Clamp((to - from) / 4, 2, 8);
        double sum = 0, squares = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            int start = from + ((to - from) * piece / pieces), end = from + ((to - from) * (piece + 1) / pieces);
            double local = end > start ? Line(x, y, start, end).Slope : slope;
            sum += local;
            squares += local * local;
        }
        double variance = Math.Max(0, (squares / pieces) - (sum / pieces * (sum / pieces)));
        return new(from, to, slope, intercept, Math.Sqrt(variance / (pieces - 1)));
    }

    internal static (double Slope, double Intercept) Line(IReadOnlyList<double> x, IReadOnlyList<double> y, int from, int to)
    {
        double n = to - from + 1, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (int i = from; i <= to; i++)
        {
            sx += x[i];
            sy += y[i];
        }
        for (int i = from; i <= to; i++)
        {
            sxx += (x[i] - (sx / n)) * (x[i] - (sx / n));
            sxy += (x[i] - (sx / n)) * (y[i] - (sy / n));
        }
        double slope = sxx > 0 ? sxy / sxx : double.NaN;
        return (slope, (sy / n) - (slope * sx / n));
    }
}
