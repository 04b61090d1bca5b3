using System.Globalization;
using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>The regions of a piecewise-linear map in figures and tables.</summary>
public static class RegionFigures
{
    private const int MostColors = 10, MostRows = 24, LongestPattern = 24;

    /// <summary>The attractor, each region in a colour of its own: in space, in the plane, or as the map of a single variable.</summary>
    /// <param name="atlas">The regions.</param>
    /// <param name="orbit">The states of the first steps that have symbols.</param>
    /// <param name="cycles">Fixed points and cycles to mark.</param>
    public static Figure Attractor(RegionAtlas atlas, IReadOnlyList<double[]> orbit, CycleSet cycles)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        ArgumentNullException.ThrowIfNull(orbit);
        const string Title = "The attractor by region";
        string caption = atlas.Regions.Count <= MostColors
            ? "Each linear region has a colour."
            : $"The {MostColors} most visited of {atlas.Regions.Count} regions have a colour of their own.";
        if (orbit[0].Length >= 3)
            return new OrbitFigure(Title, caption + " Drag to turn it.", "--generated", ["z1", "z2", "z3"], [.. orbit.Select(z => z[..3])])
            {
                Parts = [.. Groups(atlas).Select(g => new OrbitPart(g.Name, g.Color, Joined(atlas, orbit, g.Has)))],
                Marks = CycleFigures.Marks(cycles, Series(orbit)),
            };
        bool plane = orbit[0].Length == 2;
        return new LineFigure(
            Title, caption, plane ? "z1" : "z(t)", plane ? "z2" : "z(t + 1)",
            [.. Groups(atlas).Select(g =>
            {
                int[] steps = [.. Enumerable.Range(0, orbit.Count - 1).Where(t => g.Has(atlas.Symbols[t]))];
                return new Curve(
                    g.Name,
                    g.Color,
                    [.. steps.Select(t => orbit[t][0])],
                    [.. steps.Select(t => plane ? orbit[t][1] : orbit[t + 1][0])])
                {
                    Style = CurveStyle.Dots,
                    Size = 2.5,
                };
            })])
        {
            Height = 460,
        };
    }

    /// <summary>A row for each of the most visited regions, with its fixed point.</summary>
    public static TableElement Table(RegionAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        return new(
            ["region#", "pattern", "occupancy#", "mean stay#", "fixed point", "", "spectral radius#"],
            [.. atlas.Regions.Take(MostRows).Select(region => (IReadOnlyList<string>)
            [
                region.Symbol.ToString(CultureInfo.InvariantCulture),
                region.Boundaries <= LongestPattern
                    ? region.Pattern
                    : $"{region.Pattern.Count(c => c == '1')} of {region.Boundaries} active",
                region.Occupancy.ToString("P2", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{MeanStay(atlas, region.Symbol):F1} steps"),
                region.FixedPoint is { } point ? PointText.Of(point.Point) : "none that is isolated",
                region.FixedPoint is { } kind ? (kind.Real ? "real, " : "virtual, ") + kind.Stability.ToString().ToLowerInvariant() : "",
                region.FixedPoint?.SpectralRadius.ToString("F4", CultureInfo.InvariantCulture) ?? "",
            ])]);
    }

    /// <summary>The matrix of transitions between the most visited regions.</summary>
    public static TableElement Transitions(RegionAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        int shown = Math.Min(atlas.Regions.Count, TransitionDiagram.MostRegions);
        Dictionary<(int, int), double> probability = atlas.Transitions.ToDictionary(t => (t.From, t.To), t => t.Probability);
        return new(
            ["from#", .. Enumerable.Range(0, shown).Select(to => $"to {to}#")],
            [.. Enumerable.Range(0, shown).Select(from => (IReadOnlyList<string>)
            [
                from.ToString(CultureInfo.InvariantCulture),
                .. Enumerable.Range(0, shown).Select(to => probability.TryGetValue((from, to), out double p)
                    ? p.ToString("0.0000", CultureInfo.InvariantCulture)
                    : "\u00B7"),
            ])]);
    }

    /// <summary>How many words there are, by length.</summary>
    public static TableElement Words(RegionAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        return new(
            ["length#", "words of the steps#", "words of the itinerary#"],
            [.. atlas.Words.Select(w => (IReadOnlyList<string>)
            [
                w.Length.ToString(CultureInfo.InvariantCulture),
                w.OfSteps.ToString("N0", CultureInfo.InvariantCulture),
                w.OfItinerary.ToString("N0", CultureInfo.InvariantCulture),
            ])]);
    }

    private static double MeanStay(RegionAtlas atlas, int symbol)
    {
        double stays = atlas.Itinerary.Count(i => i.Symbol == symbol);
        return atlas.Regions[symbol].Visits / stays;
    }

    private static IEnumerable<(string Name, string Color, Func<int, bool> Has)> Groups(RegionAtlas atlas)
    {
        int named = atlas.Regions.Count <= MostColors ? atlas.Regions.Count : MostColors - 1;
        for (int symbol = 0; symbol < named; symbol++)
        {
            int own = symbol;
            yield return ($"region {symbol}", Palette.Color(symbol), s => s == own);
        }
        if (named < atlas.Regions.Count)
            yield return ("others", "--faint", s => s >= named);
    }

    // The steps of the group, each with the one after it, so that the line has no holes at the borders.
    private static double[][] Joined(RegionAtlas atlas, IReadOnlyList<double[]> orbit, Func<int, bool> has)
    {
        double[] gap = [double.NaN, double.NaN, double.NaN];
        List<double[]> points = [];
        for (int t = 0; t < orbit.Count; t++)
        {
            bool inside = has(atlas.Symbols[t]), before = t > 0 && has(atlas.Symbols[t - 1]);
            if (inside || before)
                points.Add(orbit[t][..3]);
            if (before && !inside)
                points.Add(gap);
        }
        return [.. points];
    }

    private static TimeSeries Series(IReadOnlyList<double[]> orbit) => new([.. orbit.SelectMany(z => z[..3])], 3);
}
