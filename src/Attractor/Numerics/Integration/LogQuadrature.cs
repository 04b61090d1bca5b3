using MathNet.Numerics.Integration;

namespace Attractor.Numerics;

/// <summary>The logarithm of the integral of e^f over an interval, by quadrature.</summary>
/// <remarks>
/// Panels that double in width lead away from every peak, from a quarter of its width on, until nothing counts any more; in each the rule
/// of Gauss and Kronrod with 15 nodes, halved where its two values differ. What is narrower than the panels and not named as a peak is
/// missed, as by every method that only evaluates the function.
/// </remarks>
/// <param name="LogIntegral">The logarithm; NaN where the integral seems not to exist.</param>
/// <param name="RelativeError">
/// What the integral may be off by, relative to it, as the rule's two values say, rounding of f included.
/// </param>
public sealed record LogQuadrature(double LogIntegral, double RelativeError)
{
    // e^-60 of the highest panel is nothing; what has only fallen to e^-30 at the farthest point will fall on.
    private const double Negligible = 60, NearlyNegligible = 30, Farthest = 1e75;
    private const double Tolerance = 1e-12;
    private const int Order = 15, Depth = 10, MostDoublings = 600, MostHalvings = 200;

    /// <summary>Integrates e^f.</summary>
    /// <param name="f">f(x); where it is minus infinity or not a number the integrand is 0.</param>
    /// <param name="lower">The interval's lower end; may be minus infinity.</param>
    /// <param name="upper">Its upper end; may be infinity.</param>
    /// <param name="peaks">Where f is high: all maxima that count, at least one, in the interval.</param>
    /// <exception cref="ArgumentException">There is no peak, or f is not finite at one.</exception>
    public static LogQuadrature Of(Func<double, double> f, double lower, double upper, IReadOnlyList<double> peaks)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(peaks);
        if (peaks.Count == 0 || peaks.Any(p => !(p >= lower && p <= upper) || !double.IsFinite(f(p))))
            throw new ArgumentException("Quadrature begins at peaks inside the interval where f is finite.", nameof(peaks));
        double highest = peaks.Max(f);
        SortedSet<double> edges = [.. peaks];
        bool exists = true;
        double tops = double.NegativeInfinity;
        foreach (double peak in peaks)
        {
            double width = Width(f, peak, lower, upper);
            double top = f(peak) + Math.Log(width);
            tops = Math.Max(tops, top);
            exists &= Climb(f, peak, width, upper, top, edges) & Climb(f, peak, -width, lower, top, edges);
        }
        if (!exists)
            return new(double.NaN, double.NaN);
        double[] ends = [.. edges];
        double tolerance = Math.Max(Tolerance, 1e-14 * Math.Abs(highest)), sum = 0, error = 0;
        for (int i = 0; i + 1 < ends.Length; i++)
        {
            // Halving a panel of which nothing counts would be most of the work.
            double middle = ends[i] + ((ends[i + 1] - ends[i]) / 2), size = Math.Log(ends[i + 1] - ends[i]) - tops;
            bool counts = ((double[])[ends[i], middle, ends[i + 1]]).Any(x => f(x) + size > -Negligible);
            sum += GaussKronrodRule.Integrate(
                Integrand, ends[i], ends[i + 1], out double off, out _, tolerance, counts ? Depth : 0, Order);
            error += off;
        }
        return new(highest + Math.Log(sum), (error / sum) + (2e-16 * Math.Abs(highest)));

        double Integrand(double x)
        {
            double value = Math.Exp(f(x) - highest);
            return double.IsNaN(value) ? 0 : value;
        }
    }

    // The least power of two, times a tiny number, by which f falls by a half on one side at least.
    private static double Width(Func<double, double> f, double peak, double lower, double upper)
    {
        double here = f(peak), width = Math.Max(Math.Abs(peak), 1e-100) * 1e-14;
        for (int i = 0; i < MostDoublings && width < Farthest; i++, width *= 2)
            if ((peak + width <= upper && !(f(peak + width) > here - 0.5)) || (peak - width >= lower && !(f(peak - width) > here - 0.5))
                || (peak + width > upper && peak - width < lower))
                break;
        return width;
    }

    // The last point towards the outside where there is an integrand.
    private static double Cut(Func<double, double> f, double inside, double outside)
    {
        for (int i = 0; i < MostHalvings; i++)
        {
            double middle = inside + ((outside - inside) / 2);
            if (middle == inside || middle == outside)
                break;
            if (f(middle) > double.NegativeInfinity)
                inside = middle;
            else
                outside = middle;
        }
        return inside;
    }

    // Edges of panels on one side; whether they led to where nothing counts, or to the end of the interval.
    private static bool Climb(Func<double, double> f, double peak, double width, double end, double top, SortedSet<double> edges)
    {
        int negligible = 0;
        for (double distance = width / 4; ; distance *= 2)
        {
            double edge = peak + distance;
            if (distance > 0 ? edge >= end : edge <= end)
            {
                edges.Add(end);
                return true;
            }
            double part = f(edge) + Math.Log(Math.Abs(distance)) - top;
            if (Math.Abs(distance) > Farthest)
                return !(part > -NearlyNegligible);
            // Where the integrand is cut off, a panel must end: no rule is good across it.
            if (!(f(edge) > double.NegativeInfinity) && f(edge - (distance / 2)) > double.NegativeInfinity)
                edges.Add(Cut(f, edge - (distance / 2), edge));
            edges.Add(edge);
            negligible = part > -Negligible ? 0 : negligible + 1;
            // One point may fall into a hole of the integrand.
            if (negligible == 4)
                return true;
        }
    }
}
