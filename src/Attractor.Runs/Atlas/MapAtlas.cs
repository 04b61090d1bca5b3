using Attractor.Dynamics;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>All that is asked of the regions of a piecewise-linear map.</summary>
/// <param name="Regions">The regions that its orbit visits.</param>
/// <param name="Orbit">States of it: as many as figures show.</param>
/// <param name="Cycles">Its fixed points and cycles.</param>
/// <param name="Manifolds">Those of the cycles that are near the orbit.</param>
/// <param name="Crossings">Points in which an unstable manifold crosses a stable one; null where they would not be points.</param>
/// <param name="Basins">Of a plane of starts, if asked.</param>
/// <param name="Sweep">Its fixed points along a parameter, if asked.</param>
internal sealed record MapAtlas(
    RegionAtlas Regions,
    IReadOnlyList<double[]> Orbit,
    CycleSet Cycles,
    IReadOnlyList<TracedManifold> Manifolds,
    IReadOnlyList<IReadOnlyList<double>>? Crossings,
    BasinsOfAttraction? Basins,
    ParameterSweep? Sweep)
{
    // Cycles whose manifolds are traced, states of the orbit and pieces that a figure shows, and regions in which preimages are sought.
    private const int MostTraced = 6, Drawn = 12_000, MostPieces = 4000, RegionsForPreimages = 256;

    // Room around the orbit's box, in boxes, within which manifolds are followed and starts stand.
    private const double Beyond = 0.5;

    /// <summary>Charts a map.</summary>
    /// <exception cref="ArgumentException">It is not piecewise linear.</exception>
    /// <exception cref="ArithmeticException">Its orbit does not stay finite.</exception>
    public static MapAtlas Of(MapSource source, AtlasSettings settings, CancellationToken token)
    {
        if (source.Map is not IPiecewiseLinearMap map)
            throw new ArgumentException(
                $"{source.Name} is not piecewise linear, so that it has no regions: an atlas is of a PLRNN of any kind "
                + "(train plrnn, shplrnn, ...)");
        if (settings.Along is not null)
            ParameterSweep.Check(source, settings);
        RegionAtlas regions = RegionAtlas.Of(
            map,
            source.Start,
            new() { Steps = settings.Steps, Transient = settings.Transient, WordLength = settings.Words },
            token);
        double[][] orbit = Follow(map, source.Start, settings.Transient, Math.Min(settings.Steps, Drawn));
        (double[] Lower, double[] Upper) around = Around(orbit);
        CycleSet cycles = CycleSearch.Find(map, new() { MaxOrder = settings.MaxOrder, Seed = settings.Seed }, cancellationToken: token);
        TracedManifold[] manifolds = settings.Iterations == 0
            ? []
            : [.. Traced(map, cycles, around, regions, settings.Iterations, token)];
        return new(
            regions,
            orbit,
            cycles,
            manifolds,
            Cross(map.Dimension, manifolds),
            settings.Basins == 0 ? null : Follow(map, regions, cycles, around, settings.Basins, token),
            settings.Along is null ? null : ParameterSweep.Of(source, regions, settings, token));
    }

    private static IEnumerable<TracedManifold> Traced(
        IPiecewiseLinearMap map,
        CycleSet cycles,
        (double[] Lower, double[] Upper) around,
        RegionAtlas regions,
        int iterations,
        CancellationToken token)
    {
        ManifoldOptions options = new()
        {
            Iterations = iterations,
            MostPieces = MostPieces,
            Within = (around.Lower, around.Upper),
            Regions = [.. regions.Regions.Take(RegionsForPreimages).Select(r => r.Region)],
        };
        foreach (Cycle cycle in cycles.FixedPoints.Concat(cycles.Cycles).Where(c => IsIn(c.Points[0], around)).Take(MostTraced))
            foreach (bool stable in (bool[])[false, true])
            {
                // An orbit cannot leave a stable cycle, nor come to an unstable one: that needs no word.
                if (cycle.Stability == (stable ? Stability.Unstable : Stability.Stable))
                    continue;
                InvariantManifold? manifold = null;
                string? whyNot = null;
                try
                {
                    manifold = stable
                        ? InvariantManifold.StableOf(map, cycle, options, token)
                        : InvariantManifold.UnstableOf(map, cycle, options, token);
                }
                catch (ArgumentException e)
                {
                    whyNot = e.Message;
                }
                yield return new(cycle, stable, manifold, whyNot);
            }
    }

    // Points only where the dimensions of the two make up that of the states.
    private static List<IReadOnlyList<double>>? Cross(int dimension, TracedManifold[] manifolds)
    {
        if (dimension > 3)
            return null;
        List<IReadOnlyList<double>> found = [];
        bool any = false;
        foreach (TracedManifold unstable in manifolds.Where(m => m is { Stable: false, Manifold: not null }))
            foreach (TracedManifold stable in manifolds.Where(m => m is { Stable: true, Manifold: not null }))
            {
                if (unstable.Manifold!.Dimension + stable.Manifold!.Dimension != dimension)
                    continue;
                any = true;
                found.AddRange(ManifoldIntersections.Between(
                    unstable.Manifold, stable.Manifold, [.. unstable.Cycle.Points, .. stable.Cycle.Points]));
            }
        return any ? found : null;
    }

    private static BasinsOfAttraction Follow(
        IPiecewiseLinearMap map,
        RegionAtlas regions,
        CycleSet cycles,
        (double[] Lower, double[] Upper) around,
        int resolution,
        CancellationToken token)
    {
        if (map.Dimension < 2)
            throw new ArgumentException("Basins are drawn in a plane: a map of one variable has none to show");
        double[] through = new double[map.Dimension], scales = new double[map.Dimension];
        foreach (AtlasRegion region in regions.Regions)
            for (int i = 0; i < through.Length; i++)
                through[i] += region.Occupancy * region.Centre[i];
        for (int i = 0; i < scales.Length; i++)
            scales[i] = around.Upper[i] - around.Lower[i];
        return BasinsOfAttraction.Of(
            map,
            through,
            new()
            {
                Columns = (around.Lower[0], around.Upper[0]),
                Rows = (around.Lower[1], around.Upper[1]),
                Resolution = resolution,
                Settle = 1000,
                Most = 4000,
                Scales = scales,
                Known = [.. cycles.FixedPoints.Concat(cycles.Cycles).Where(c => c.Stability == Stability.Stable)],
            },
            token);
    }

    private static double[][] Follow(IPiecewiseLinearMap map, double[] start, int transient, int steps)
    {
        double[] state = [.. start];
        for (int t = 0; t < transient; t++)
            map.Step(state, state);
        double[][] orbit = new double[steps][];
        for (int t = 0; t < steps; t++)
        {
            orbit[t] = [.. state];
            map.Step(state, state);
        }
        return orbit;
    }

    // A variable that rests is given some room of its own.
    private static (double[] Lower, double[] Upper) Around(double[][] orbit)
    {
        int d = orbit[0].Length;
        double[] lower = [.. Enumerable.Range(0, d).Select(i => orbit.Min(z => z[i]))];
        double[] upper = [.. Enumerable.Range(0, d).Select(i => orbit.Max(z => z[i]))];
        for (int i = 0; i < d; i++)
        {
            double room = Math.Max(Beyond * (upper[i] - lower[i]), 1e-3 * Math.Max(1, Math.Abs(upper[i])));
            (lower[i], upper[i]) = (lower[i] - room, upper[i] + room);
        }
        return (lower, upper);
    }

    private static bool IsIn(IReadOnlyList<double> point, (double[] Lower, double[] Upper) box)
        => Enumerable.Range(0, point.Count).All(i => point[i] >= box.Lower[i] && point[i] <= box.Upper[i]);
}
