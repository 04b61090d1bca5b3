using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Dynamics;

/// <summary>Where the orbits of a map from a plane of starts end.</summary>
/// <remarks>
/// Ends on cycles are the same attractor if they have a state in common, within the tolerance; other bounded ends if their states share
/// a cell, a fortieth of the scale wide in each variable. The same on any number of threads.
/// </remarks>
/// <param name="Attractors">By falling share.</param>
/// <param name="Labels">Rows x columns: the attractor of each start, -1 of one that leaves. Row 0 is the lowest.</param>
/// <param name="X">The starts' abscissae, one for each column.</param>
/// <param name="Y">The starts' ordinates, one for each row.</param>
/// <param name="Left">The share of starts whose orbits leave, or do not stay finite.</param>
public sealed record BasinsOfAttraction(
    IReadOnlyList<BasinAttractor> Attractors, IReadOnlyList<int> Labels, IReadOnlyList<double> X, IReadOnlyList<double> Y, double Left)
{
    /// <summary>Follows each start of a plane.</summary>
    /// <param name="map">Any map.</param>
    /// <param name="through">The values of the variables that are not in the plane: D values.</param>
    /// <param name="options">The plane, and how long.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the state has another dimension.</exception>
    public static BasinsOfAttraction Of(
        IMap map, IReadOnlyList<double> through, BasinOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(through);
        Check(map, through, options);
        int n = options.Resolution;
        double[] x = Middles(options.Columns, n), y = Middles(options.Rows, n);
        double width = Math.Max(options.Columns.High - options.Columns.Low, options.Rows.High - options.Rows.Low);
        IReadOnlyList<double> scales = options.Scales ?? [.. Enumerable.Repeat(width, map.Dimension)];
        OrbitEnd[] ends = new OrbitEnd[n * n];
        Concurrent.For(n, row =>
        {
            for (int column = 0; column < n; column++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double[] state = [.. through];
                (state[options.Horizontal], state[options.Vertical]) = (x[column], y[row]);
                ends[(row * n) + column] = OrbitEnd.Of(map, state, scales, options);
            }
        }, cancellationToken);
        int[] group = EndGroups.Of(ends, scales, options.Tolerance);
        var found = group
            .Where(g => g >= 0)
            .GroupBy(g => g)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key)
            .Select(g => (g.Key, Attractor: Describe(g.Key, group, ends, (double)g.Count() / group.Length)))
            .ToArray();
        Dictionary<int, int> place = found.Select((f, i) => (f.Key, i)).ToDictionary();
        return new(
            [.. found.Select(f => f.Attractor)],
            [.. group.Select(g => g < 0 ? -1 : place[g])],
            x,
            y,
            (double)group.Count(g => g < 0) / group.Length);
    }

    private static BasinAttractor Describe(int key, int[] group, OrbitEnd[] ends, double share)
    {
        OrbitEnd[] all = [.. ends.Where((_, i) => group[i] == key)];
        int d = all[0].Lower.Count;
        return new(
            all[0].Order,
            all[0].States[0],
            [.. Enumerable.Range(0, d).Select(i => all.Min(e => e.Lower[i]))],
            [.. Enumerable.Range(0, d).Select(i => all.Max(e => e.Upper[i]))],
            share);
    }

    private static double[] Middles((double Low, double High) range, int n)
        => [.. Enumerable.Range(0, n).Select(i => range.Low + ((i + 0.5) / n * (range.High - range.Low)))];

    private static void Check(IMap map, IReadOnlyList<double> through, BasinOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DrivenMap.RequireAutonomous(map, "basins");
        if (through.Count != map.Dimension)
            throw new ArgumentException($"The map has {map.Dimension} variables, the state {through.Count}.", nameof(through));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Horizontal, nameof(options.Horizontal));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Vertical, nameof(options.Vertical));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Horizontal, map.Dimension, nameof(options.Horizontal));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Vertical, map.Dimension, nameof(options.Vertical));
        if (options.Horizontal == options.Vertical)
            throw new ArgumentException("A plane of starts takes two different variables.", nameof(options));
        if (!(options.Columns.Low < options.Columns.High) || !(options.Rows.Low < options.Rows.High)
            || !double.IsFinite(options.Columns.High - options.Columns.Low) || !double.IsFinite(options.Rows.High - options.Rows.Low))
            throw new ArgumentException("A range of starts must be finite and rise.", nameof(options));
        if (options.Scales is { } scales && (scales.Count != map.Dimension || scales.Any(s => !(s > 0 && double.IsFinite(s)))))
            throw new ArgumentException($"Expected a positive scale for each of {map.Dimension} variables.", nameof(options));
        if (options.Resolution is < 1 or > 2000)
            throw new ArgumentOutOfRangeException(nameof(options), options.Resolution, "The starts along a side must be 1 to 2000.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Settle, nameof(options.Settle));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Most, nameof(options.Most));
        ArgumentOutOfRangeException.ThrowIfNegative(options.LongestCycle, nameof(options.LongestCycle));
    }
}
