using Attractor.Dynamics;

namespace Attractor.Reports;

/// <summary>Invariant manifolds over the attractor.</summary>
public static class ManifoldFigures
{
    private const string UnstableColor = "--fifth", StableColor = "--accent";

    /// <summary>All manifolds, in space or in the plane; null for a map of one variable.</summary>
    /// <param name="orbit">States of the attractor.</param>
    /// <param name="manifolds">The manifolds, of the same map.</param>
    /// <param name="crossings">Points to mark.</param>
    public static Figure? Of(
        IReadOnlyList<double[]> orbit, IReadOnlyList<InvariantManifold> manifolds, IReadOnlyList<IReadOnlyList<double>> crossings)
    {
        ArgumentNullException.ThrowIfNull(orbit);
        ArgumentNullException.ThrowIfNull(manifolds);
        ArgumentNullException.ThrowIfNull(crossings);
        const string Title = "Stable and unstable manifolds";
        InvariantManifold[][] kinds = [[.. manifolds.Where(m => !m.Stable)], [.. manifolds.Where(m => m.Stable)]];
        (string Name, string Color)[] names = [("unstable", UnstableColor), ("stable", StableColor)];
        int d = orbit[0].Length;
        if (d < 2)
            return null;
        if (d == 2)
            return new LineFigure(
                Title, Caption(crossings.Count), "z1", "z2",
                [
                    new("attractor", "--faint", [.. orbit.Select(z => z[0])], [.. orbit.Select(z => z[1])])
                    {
                        Style = CurveStyle.Dots,
                        Size = 1.5,
                    },
                    .. names.Select((n, k) => (n, Lines: Outlines(kinds[k], 2)))
                        .Where(k => k.Lines.Length > 0)
                        .Select(k => new Curve(k.n.Name, k.n.Color, [.. k.Lines.Select(p => p[0])], [.. k.Lines.Select(p => p[1])])),
                    .. crossings.Count == 0
                        ? (IEnumerable<Curve>)[]
                        : [new("they cross", "--text", [.. crossings.Select(p => p[0])], [.. crossings.Select(p => p[1])])
                        {
                            Style = CurveStyle.Dots,
                            Size = 5,
                        }],
                ])
            {
                Height = 480,
            };
        double[][] shown = [.. orbit.Select(z => z[..3])];
        return new OrbitFigure(Title, Caption(crossings.Count) + " Drag to turn it.", "--faint", ["z1", "z2", "z3"], shown)
        {
            Parts =
            [
                new("attractor", "--faint", shown) { Opacity = 0.3 },
                .. names.Select((n, k) => (n, Lines: Outlines(kinds[k], 3)))
                    .Where(k => k.Lines.Length > 0)
                    .Select(k => new OrbitPart(k.n.Name, k.n.Color, k.Lines)),
            ],
            Marks = crossings.Count == 0
                ? []
                : [new("they cross", "--text", [.. crossings.Select(p => p.Take(3).ToArray())], Filled: true, Joined: false)],
        };
    }

    private static string Caption(int crossings) => crossings == 0
        ? "Exact pieces, traced from region to region."
        : $"Exact pieces, traced from region to region. They cross in {crossings} points: there is a horseshoe, and with it chaos.";

    // Segments as they are, polygons by their rims; a gap after each.
    private static double[][] Outlines(InvariantManifold[] manifolds, int d)
    {
        double[] gap = [.. Enumerable.Repeat(double.NaN, d)];
        List<double[]> points = [];
        foreach (ManifoldPiece piece in manifolds.SelectMany(m => m.Pieces))
        {
            points.AddRange(piece.Vertices.Select(v => v.Take(d).ToArray()));
            if (piece.Vertices.Count > 2)
                points.Add([.. piece.Vertices[0].Take(d)]);
            points.Add(gap);
        }
        return [.. points];
    }
}
