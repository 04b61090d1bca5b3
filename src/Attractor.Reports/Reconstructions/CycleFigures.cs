using System.Globalization;
using System.Numerics;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Fixed points and cycles of a model: marks in the figure of its attractor, and a table.</summary>
public static class CycleFigures
{
    private const int MostMarks = 6, MostRows = 40, LongestShown = 6;

    // How far beyond the attractor's box, in boxes, a mark may stretch the axes.
    private const double Beyond = 0.5;

    /// <summary>
    /// Marks for the first three coordinates of what lies at the attractor: all fixed points as one mark, then the shortest cycles.
    /// </summary>
    /// <param name="cycles">What was found.</param>
    /// <param name="orbit">The attractor, at least three columns.</param>
    /// <param name="own">Which of them the data do not have, so that it is said; not known if null.</param>
    public static IReadOnlyList<Mark> Marks(CycleSet cycles, TimeSeries orbit, OwnRests? own = null)
    {
        ArgumentNullException.ThrowIfNull(cycles);
        ArgumentNullException.ThrowIfNull(orbit);
        if (orbit.Dimension < 3)
            return [];
        (double Lower, double Upper)[] box = [.. Enumerable.Range(0, 3).Select(i => Range(orbit.Column(i)))];
        List<Mark> marks = [];
        foreach (IGrouping<string, Cycle> alike in cycles.FixedPoints.Where(f => IsNear(f, box)).GroupBy(f => Name(f, own))
            .OrderBy(group => group.Key.StartsWith("unstable", StringComparison.Ordinal)))
        {
            string plural = alike.Count() == 1 ? "" : "s";
            marks.Add(new(
                alike.Key.Replace("point", "point" + plural, StringComparison.Ordinal), "--third",
                [.. alike.Select(f => f.Points[0].Take(3).ToArray())], Filled: alike.First().Stability is Stability.Stable, Joined: false));
        }
        foreach (Cycle cycle in cycles.Cycles.Where(c => IsNear(c, box)).OrderBy(c => c.Order).Take(MostMarks))
        {
            bool stable = cycle.Stability is Stability.Stable;
            marks.Add(new(
                Name(cycle, own), "--accent",
                [.. cycle.Points.Select(p => p.Take(3).ToArray())], Filled: stable, Joined: cycle.Order > 2));
        }
        return marks;
    }

    /// <summary>All that was found, by order.</summary>
    /// <param name="cycles">What was found.</param>
    /// <param name="own">Which of them the data do not have, so that it is said; not known if null.</param>
    public static TableElement Table(CycleSet cycles, OwnRests? own = null)
    {
        ArgumentNullException.ThrowIfNull(cycles);
        return new(
            ["order#", "first point", "eigenvalues", "spectral radius#", "stability"],
            [.. cycles.FixedPoints.Concat(cycles.Cycles).Take(MostRows).Select(c => (IReadOnlyList<string>)
            [
                c.Order.ToString(CultureInfo.InvariantCulture),
                List(c.Points[0].Select(x => x.ToString("G3", CultureInfo.InvariantCulture)), c.Points[0].Count),
                List(c.Eigenvalues.Select(Text), c.Eigenvalues.Count),
                c.SpectralRadius.ToString("G4", CultureInfo.InvariantCulture),
                c.Stability.ToString().ToLowerInvariant() + (own?.Contains(c) is true ? $"; {OwnRests.Words}" : ""),
            ])]);
    }

    private static string Name(Cycle cycle, OwnRests? own) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(cycle.Stability is Stability.Stable ? "stable" : "unstable")} {(cycle.Order == 1 ? "fixed point" : $"{cycle.Order}-cycle")}"
        + $"{(own?.Contains(cycle) is true ? $": {OwnRests.Words}" : "")}");

    private static string List(IEnumerable<string> items, int count)
        => string.Join(", ", items.Take(LongestShown)) + (count > LongestShown ? ", ..." : "");

    private static string Text(Complex e)
        => Math.Abs(e.Imaginary) < 1e-12
            ? e.Real.ToString("G3", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{e.Real:G3}{(e.Imaginary < 0 ? "-" : "+")}{Math.Abs(e.Imaginary):G3}i");

    private static bool IsNear(Cycle cycle, (double Lower, double Upper)[] box)
        => cycle.Points.All(p => Enumerable.Range(0, 3).All(i =>
        {
            double margin = Beyond * (box[i].Upper - box[i].Lower);
            return p[i] >= box[i].Lower - margin && p[i] <= box[i].Upper + margin;
        }));

    private static (double Lower, double Upper) Range(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
    }
}
