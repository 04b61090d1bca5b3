using System.Globalization;
using Attractor.Data;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>
/// Stable fixed points and cycles that a model has and its data do not: an orbit that comes near one stays there, as no recording does.
/// </summary>
/// <param name="FixedPoints">Stable fixed points at which the data never rest.</param>
/// <param name="Cycles">Stable cycles that the data never settle on.</param>
/// <remarks>
/// Data rest at a cycle if the last tenth of a trial lies on it, by the median, or a fifth of all rows do, to 0.15 standard deviations
/// of each variable, which leaves room for noise. An orbit that lingers near an unstable point does neither.
/// </remarks>
public sealed record OwnRests(IReadOnlyList<Cycle> FixedPoints, IReadOnlyList<Cycle> Cycles)
{
    /// <summary>What tables and legends say of one.</summary>
    public const string Words = "never in the data";

    private const double Near = 0.15, PartOfRows = 0.2;
    private const int FewestRows = 50, Periods = 10;

    /// <summary>Those of a model.</summary>
    /// <param name="found">Its fixed points and cycles, whose first N coordinates are the observed variables.</param>
    /// <param name="data">T x N in the same units, one series for each trial.</param>
    /// <exception cref="ArgumentException">There are no rows, or a cycle has fewer than N coordinates.</exception>
    public static OwnRests Of(CycleSet found, IReadOnlyList<TimeSeries> data)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(data);
        IReadOnlyList<double> scale = Standardization.Of(data).Scale;
        if (found.FixedPoints.Concat(found.Cycles).FirstOrDefault(c => c.Points[0].Count < scale.Count) is { } narrow)
            throw new ArgumentException(
                $"The data have {scale.Count} variables, and a cycle {narrow.Points[0].Count} coordinates.", nameof(data));
        return new([.. found.FixedPoints.Where(IsOwn)], [.. found.Cycles.Where(IsOwn)]);

        bool IsOwn(Cycle cycle) => cycle.Stability is Stability.Stable && !Visits(cycle, data, scale);
    }

    /// <summary>Whether one of them.</summary>
    public bool Contains(Cycle cycle) => FixedPoints.Concat(Cycles).Any(own => ReferenceEquals(own, cycle));

    /// <summary>In a sentence; empty if there are none.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (FixedPoints.Count > 0)
            parts.Add(Count(FixedPoints.Count, "stable fixed point"));
        if (Cycles.Count > 0)
            parts.Add(Count(Cycles.Count, "stable cycle"));
        return parts.Count == 0
            ? ""
            : $"The model has {string.Join(" and ", parts)} of its own: the data never rest there, but an orbit of the model that "
                + "comes near enough stays for good.";
    }

    private static string Count(int count, string what)
        => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static bool Visits(Cycle cycle, IReadOnlyList<TimeSeries> data, IReadOnlyList<double> scale)
    {
        int order = cycle.Order;
        long rows = data.Sum(series => (long)series.Length);
        long[] near = new long[order];
        foreach (TimeSeries series in data)
        {
            int end = Math.Min(series.Length, Math.Max(series.Length / 10, Math.Max(FewestRows, Periods * order)));
            for (int phase = 0; phase < order; phase++)
            {
                int atEnd = 0, run = 0;
                for (int t = 0; t < series.Length; t++)
                {
                    run = IsNear(series.Row(t), cycle.Points[(t + phase) % order], scale) ? run + 1 : 0;
                    // Once round: single points of a cycle are passed by other orbits too.
                    if (run < order)
                        continue;
                    near[phase]++;
                    atEnd += t >= series.Length - end ? 1 : 0;
                }
                if (2 * atEnd >= end)
                    return true;
            }
        }
        return near.Max() >= PartOfRows * rows;
    }

    private static bool IsNear(ReadOnlySpan<double> row, IReadOnlyList<double> point, IReadOnlyList<double> scale)
    {
        for (int n = 0; n < row.Length; n++)
            if (!(Math.Abs(row[n] - point[n]) <= Near * scale[n]))
                return false;
        return true;
    }
}
