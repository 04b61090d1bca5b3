using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>
/// The fixed points of a piecewise-linear map along one parameter, and where they collide with boundaries or change stability.
/// </summary>
/// <remarks>
/// The fixed point of a region moves with the parameter; where it leaves its region it meets the fixed point of the region across the
/// boundary. Either that one takes over (persistence), or both are there on the same side only (a fold). M. di Bernardo, C. Budd,
/// A. Champneys, P. Kowalczyk, "Piecewise-smooth Dynamical Systems", Springer 2008, chapter 3.
/// </remarks>
/// <param name="Values">Values of the parameter, ascending.</param>
/// <param name="Branches">The regions whose fixed points are real at some of them.</param>
/// <param name="Found">By the value at which they happen.</param>
public sealed record FixedPointBifurcations(
    IReadOnlyList<double> Values, IReadOnlyList<FixedPointBranch> Branches, IReadOnlyList<Bifurcation> Found)
{
    private const int MostRegions = 4096, Halvings = 60;

    // Of a step of the parameter: how far beside a collision one looks for the other fixed point.
    private const double Beside = 1e-3, OnBoundary = 1e-9;

    /// <summary>Follows the fixed points.</summary>
    /// <param name="family">The map at a value of the parameter; one that was made before need not be valid any more.</param>
    /// <param name="values">At least two values, ascending.</param>
    /// <param name="regions">The regions to begin with, for maps of more than ten boundaries; those across a boundary at which a fixed
    /// point leaves are added.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The values do not ascend, or there are no regions to begin with.</exception>
    public static FixedPointBifurcations Along(
        Func<double, IPiecewiseLinearMap> family,
        IReadOnlyList<double> values,
        IReadOnlyList<IReadOnlyList<ulong>>? regions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 || !values.All(double.IsFinite) || values.Zip(values.Skip(1)).Any(v => v.First >= v.Second))
            throw new ArgumentException("Expected at least two values of the parameter that ascend.", nameof(values));
        int boundaries = family(values[0]).Boundaries;
        Queue<ulong[]> next = new(AllRegions.AreFew(boundaries)
            ? AllRegions.Of(boundaries)
            : (regions ?? []).Select(r => r.ToArray()));
        if (next.Count == 0)
            throw new ArgumentException($"A map of {boundaries} boundaries needs regions to begin with.", nameof(regions));
        HashSet<ulong[]> known = new(next, RegionComparer.Instance);
        List<FixedPointBranch> branches = [];
        List<Bifurcation> found = [];
        while (next.TryDequeue(out ulong[]? region))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RegionFixedPoint?[] points = [.. values.Select(v => RegionFixedPoint.Of(family(v), region))];
            if (!points.Any(p => p is { Real: true }))
                continue;
            branches.Add(new(region, points));
            for (int i = 1; i < points.Length; i++)
            {
                if (points[i - 1] is not { } before || points[i] is not { } after)
                    continue;
                if (before.Real != after.Real
                    && Collision(family, region, values[i - 1], values[i], before.Real) is var (collision, across))
                {
                    found.Add(collision);
                    if (known.Count < MostRegions && known.Add(across))
                        next.Enqueue(across);
                }
                else if (before.Real && after.Real && Outside(before) != Outside(after))
                    found.Add(Crossing(family, region, values[i - 1], values[i], Outside(before)));
            }
        }
        return new(values, branches, Distinct(found, values[^1] - values[0]));
    }

    private static (Bifurcation Found, ulong[] Across)? Collision(
        Func<double, IPiecewiseLinearMap> family, ulong[] region, double low, double high, bool realFirst)
    {
        double step = high - low;
        (double within, double beyond) = realFirst ? (low, high) : (high, low);
        for (int n = 0; n < Halvings; n++)
        {
            double middle = within + ((beyond - within) / 2);
            if (RegionFixedPoint.Of(family(middle), region) is { Real: true })
                within = middle;
            else
                beyond = middle;
        }
        IPiecewiseLinearMap map = family(within);
        if (RegionFixedPoint.Of(map, region) is not { Real: true } at)
            return null;
        double[] g = new double[map.Boundaries];
        map.BoundaryValues([.. at.Point], g);
        int boundary = Enumerable.Range(0, g.Length).MinBy(i => Math.Abs(g[i]));
        ulong[] across = Across(region, g);
        // Where this one is there, is the other as well?
        double side = within + (realFirst ? -Beside * step : Beside * step);
        bool both = RegionFixedPoint.Of(family(side), across) is { Real: true }
            && RegionFixedPoint.Of(family(side), region) is { Real: true };
        BifurcationKind kind = both ? BifurcationKind.NonsmoothFold : BifurcationKind.BorderCollision;
        return (new(kind, within, region, boundary, at.Point), across);
    }

    private static Bifurcation Crossing(
        Func<double, IPiecewiseLinearMap> family, ulong[] region, double low, double high, int outsideFirst)
    {
        for (int n = 0; n < Halvings; n++)
        {
            double middle = low + ((high - low) / 2);
            if (RegionFixedPoint.Of(family(middle), region) is { } point && Outside(point) == outsideFirst)
                low = middle;
            else
                high = middle;
        }
        RegionFixedPoint at = RegionFixedPoint.Of(family(low), region)!;
        System.Numerics.Complex passing = at.Eigenvalues.MinBy(e => Math.Abs(e.Magnitude - 1));
        BifurcationKind kind = Math.Abs(passing.Imaginary) > 1e-9
            ? BifurcationKind.NeimarkSacker
            : passing.Real < 0 ? BifurcationKind.Flip : BifurcationKind.DegenerateTransition;
        return new(kind, low, region, null, at.Point);
    }

    private static int Outside(RegionFixedPoint point) => point.Eigenvalues.Count(e => e.Magnitude > 1);

    // Boundaries may meet where the point crosses them, and are crossed together then.
    private static ulong[] Across(ulong[] region, double[] g)
    {
        double near = Math.Max(OnBoundary * Math.Max(1, g.Max(Math.Abs)), g.Min(Math.Abs));
        ulong[] across = [.. region];
        for (int i = 0; i < g.Length; i++)
            if (Math.Abs(g[i]) <= near)
                across[i >> 6] ^= 1UL << (i & 63);
        return across;
    }

    // A collision is found from both of its regions.
    private static Bifurcation[] Distinct(List<Bifurcation> found, double range)
    {
        List<Bifurcation> kept = [];
        foreach (Bifurcation one in found.OrderBy(b => b.Parameter).ThenBy(b => b.Kind))
            if (!kept.Any(k => k.Kind == one.Kind
                && k.Boundary == one.Boundary
                && Math.Abs(k.Parameter - one.Parameter) < 1e-9 * range
                && k.Point.Zip(one.Point, (a, b) => Math.Abs(a - b)).Max() < 1e-6 * Math.Max(1, k.Point.Max(Math.Abs))))
                kept.Add(one);
        return [.. kept];
    }
}
