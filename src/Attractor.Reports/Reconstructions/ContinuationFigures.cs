using System.Globalization;

namespace Attractor.Reports;

/// <summary>What follows a context, drawn after it.</summary>
public static class ContinuationFigures
{
    private const int MostVariables = 3;

    /// <summary>
    /// The end of a context, the forecast and its intervals, variable by variable; time is 0 at the last row of the context.
    /// </summary>
    /// <param name="context">T x N.</param>
    /// <param name="orbit">steps x N.</param>
    /// <param name="low">Lower ends of the intervals, steps x N.</param>
    /// <param name="high">Upper ends.</param>
    /// <param name="shown">Rows of the forecast that are shown, and as many of the context, if there are.</param>
    /// <param name="coverage">The share of values that the intervals are to hold.</param>
    public static IEnumerable<Element> OverTime(
        TimeSeries context, TimeSeries orbit, TimeSeries low, TimeSeries high, int shown, double coverage)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(orbit);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        int before = Math.Min(shown, context.Length), first = context.Length - before;
        double[] past = [.. Enumerable.Range(1, before).Select(t => (t - before) * context.Dt)];
        double[] time = [.. Enumerable.Range(1, shown).Select(t => t * context.Dt)];
        string interval = string.Create(CultureInfo.InvariantCulture, $"{100 * coverage:G3} % interval");
        for (int n = 0; n < Math.Min(MostVariables, context.Dimension); n++)
        {
            double[] Values(TimeSeries series, int from, int count)
            {
                int variable = n;
                return [.. Enumerable.Range(from, count).Select(t => series[t, variable])];
            }
            // One curve for both: a gap parts them.
            double[] ends = [.. Values(low, 0, shown), double.NaN, .. Values(high, 0, shown)];
            yield return new LineFigure(
                context.Names[n], "", "time after the context", context.Names[n],
                [
                    new("context", "--true", past, Values(context, first, before)),
                    new("forecast", "--generated", time, Values(orbit, 0, shown)),
                    new(interval, "--third", [.. time, double.NaN, .. time], ends)
                    {
                        Dashed = true,
                        Size = 1,
                    },
                ])
            {
                Height = 240,
            };
        }
    }

    /// <summary>The context and the forecast as attractors.</summary>
    /// <param name="context">T x N.</param>
    /// <param name="orbit">steps x N.</param>
    public static IEnumerable<Element> Attractor(TimeSeries context, TimeSeries orbit)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(orbit);
        return new GeometryFigures(context, orbit) { Names = ("Context", "Forecast") }.Elements();
    }
}
