using System.Globalization;
using Attractor.Dynamics;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The page of an atlas.</summary>
internal static class AtlasReport
{
    // Of the steps: with less in the regions that a graph can show it is not a picture of the dynamics.
    private const double FewestShown = 0.3;

    public static Report Of(string name, MapAtlas atlas)
    {
        RegionAtlas regions = atlas.Regions;
        return new(
            $"Atlas of {name}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{regions.Regions.Count:N0} linear regions visited in {regions.Symbols.Count:N0} steps; "
                + $"{atlas.Cycles.FixedPoints.Count} fixed points and {atlas.Cycles.Cycles.Count} cycles."),
            [.. Sections(atlas)]);
    }

    private static IEnumerable<Section> Sections(MapAtlas atlas)
    {
        RegionAtlas regions = atlas.Regions;
        yield return new("Regions",
        [
            RegionFigures.Attractor(regions, atlas.Orbit, atlas.Cycles),
            new Paragraph(
                "On each region the map is affine, z' = A z + b. Its fixed point z* = (I - A)^-1 b is real where it lies in the region "
                + "itself; a virtual one lies elsewhere and yet steers the orbit for as long as it is in the region."),
            RegionFigures.Table(regions),
        ]);
        yield return new("From region to region", [.. Transitions(regions)]);
        yield return new("Symbols",
        [
            new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"A symbol for each region makes the orbit a sequence: {regions.Itinerary.Count:N0} stays, {regions.BoundaryCrossings:F4} "
                + $"boundaries crossed a step. Entropies in nats a step: of the graph's paths {regions.GraphEntropy:F4}, not below the "
                + $"topological entropy of the symbols; of the words {regions.WordEntropy:F4}, its estimate where the orbit is long enough "
                + $"to show all words; of the Markov chain {regions.MarkovEntropy:F4}.")),
            RegionFigures.Words(regions),
        ]);
        if (atlas.Cycles.FixedPoints.Count + atlas.Cycles.Cycles.Count > 0)
            yield return new("Fixed points and cycles", [CycleFigures.Table(atlas.Cycles)]);
        if (Manifolds(atlas) is { Count: > 0 } elements)
            yield return new("Manifolds", elements);
        if (atlas.Basins is { } basins)
            yield return new("Basins",
            [
                new Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{basins.X.Count} x {basins.Y.Count} starts in the plane of the first two variables, the others at their means on the "
                    + $"orbit. {basins.Left:P1} of the orbits leave.")),
                BasinFigures.Plane(basins, "z1", "z2"),
                BasinFigures.Legend(basins),
            ]);
        if (atlas.Sweep is { } sweep)
            yield return new($"Along {sweep.Name}", [.. Bifurcations(sweep)]);
    }

    private static IEnumerable<Element> Bifurcations(ParameterSweep sweep)
    {
        yield return new Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"The fixed points of {sweep.Result.Branches.Count} regions are real for some value; {sweep.Result.Found.Count} "
            + $"bifurcations."));
        yield return BifurcationFigures.Diagram(sweep.Result, sweep.Name, sweep.Present);
        if (sweep.Result.Found.Count > 0)
            yield return BifurcationFigures.Table(sweep.Result, sweep.Name);
    }

    private static IEnumerable<Element> Transitions(RegionAtlas regions)
    {
        double share = regions.Regions.Take(TransitionDiagram.MostRegions).Sum(r => r.Occupancy);
        if (share < FewestShown)
        {
            yield return new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"The {TransitionDiagram.MostRegions} most visited regions hold {share:P1} of the steps: a graph of them would say little. "
                + $"A network with fewer hidden, or fewer rectified, units has a code that can be read."));
            yield break;
        }
        yield return new TransitionDiagram(
            "The graph of transitions",
            "Discs by occupancy; arrows by the probability among the steps that leave. The colours are those of the attractor above.",
            regions);
        yield return new Paragraph(
            "The probability of the next region, all steps counted, those that stay as well; a dot where it never happened.");
        yield return RegionFigures.Transitions(regions);
    }

    private static List<Element> Manifolds(MapAtlas atlas)
    {
        List<Element> elements = [];
        InvariantManifold[] traced = [.. atlas.Manifolds.Where(m => m.Manifold is not null).Select(m => m.Manifold!)];
        if (traced.Length > 0 && ManifoldFigures.Of(atlas.Orbit, traced, atlas.Crossings ?? []) is { } figure)
            elements.Add(figure);
        if (atlas.Manifolds.Count > 0)
            elements.Add(new TableElement(
                ["of", "at", "manifold", "pieces#", "iterations#", "remark"],
                [.. atlas.Manifolds.Select(m => (IReadOnlyList<string>)
                [
                    m.Cycle.Order == 1 ? "fixed point" : $"cycle of order {m.Cycle.Order}",
                    PointText.Of(m.Cycle.Points[0]),
                    m.Stable ? "stable" : "unstable",
                    m.Manifold?.Pieces.Count.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                    m.Manifold?.Iterations.ToString(CultureInfo.InvariantCulture) ?? "",
                    Remark(m),
                ])]));
        return elements;
    }

    private static string Remark(TracedManifold traced)
    {
        if (traced.Manifold is not { } manifold)
            return traced.WhyNot!;
        List<string> remarks = [];
        if (!manifold.Complete)
            remarks.Add("ended at the largest number of pieces");
        if (!manifold.AllRegions)
            remarks.Add("the part that hangs together, and what the visited regions add");
        if (manifold.Singular > 0)
            remarks.Add($"{manifold.Singular} regions whose map has no inverse left out");
        return string.Join("; ", remarks);
    }
}
