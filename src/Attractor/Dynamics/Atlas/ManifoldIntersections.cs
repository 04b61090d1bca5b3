namespace Attractor.Dynamics;

/// <summary>
/// The points that an unstable and a stable manifold have in common: homoclinic ones if both belong to one cycle, heteroclinic ones
/// otherwise. A homoclinic point at which they cross makes a horseshoe, and with it chaos (S. Smale, Bull. Am. Math. Soc. 73, 1967).
/// </summary>
public static class ManifoldIntersections
{
    // Of a segment's length: crossings at the end of one piece and the beginning of the next are one.
    private const double Same = 1e-9;

    /// <summary>All points in which a piece of one crosses a piece of the other.</summary>
    /// <param name="one">A manifold.</param>
    /// <param name="other">Another of the same map, whose dimension makes up that of the states: two segments in the plane, a segment and a
    /// polygon in space.</param>
    /// <param name="except">Points, such as those of the cycles, that are not counted.</param>
    /// <exception cref="ArgumentException">The dimensions of the two do not add up to 2 or 3, or to that of the states.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Between(
        InvariantManifold one, InvariantManifold other, IReadOnlyList<IReadOnlyList<double>>? except = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        (InvariantManifold segments, InvariantManifold others) = one.Dimension <= other.Dimension ? (one, other) : (other, one);
        if (one.Pieces.Count == 0 || other.Pieces.Count == 0)
            return [];
        int d = one.Pieces[0].Vertices[0].Count;
        if (segments.Dimension != 1 || d != segments.Dimension + others.Dimension)
            throw new ArgumentException(
                $"Manifolds of {one.Dimension} and {other.Dimension} dimensions in {d} do not cross in points that can be found here.",
                nameof(other));
        // By the lowest first coordinate, so that only pieces whose ranges overlap are compared.
        (double Low, double High, ManifoldPiece Piece)[] sorted = [.. others.Pieces
            .Select(p => (p.Vertices.Min(v => v[0]), p.Vertices.Max(v => v[0]), p))
            .OrderBy(p => p.Item1)];
        double widest = sorted.Max(p => p.High - p.Low);
        double[] lows = [.. sorted.Select(p => p.Low)];
        List<double[]> found = [];
        double size = others.Pieces.Concat(segments.Pieces).Max(p => p.Vertices.Max(v => v.Max(Math.Abs)));
        foreach (ManifoldPiece piece in segments.Pieces)
        {
            IReadOnlyList<double> a = piece.Vertices[0], b = piece.Vertices[1];
            (double low, double high) = (Math.Min(a[0], b[0]), Math.Max(a[0], b[0]));
            int first = Array.BinarySearch(lows, low - widest);
            for (int i = first < 0 ? ~first : first; i < sorted.Length && sorted[i].Low <= high; i++)
                if (sorted[i].High >= low
                    && (d == 2 ? InPlane(a, b, sorted[i].Piece.Vertices) : InSpace(a, b, sorted[i].Piece.Vertices)) is { } point
                    && !(except ?? []).Any(e => Distance(e, point) < 1e-6 * size))
                    found.Add(point);
        }
        return Distinct(found, Same * size);
    }

    private static double[]? InPlane(IReadOnlyList<double> a, IReadOnlyList<double> b, IReadOnlyList<IReadOnlyList<double>> segment)
    {
        (IReadOnlyList<double> c, IReadOnlyList<double> e) = (segment[0], segment[1]);
        double ux = b[0] - a[0], uy = b[1] - a[1], vx = e[0] - c[0], vy = e[1] - c[1];
        double determinant = (ux * vy) - (uy * vx);
        double s = (((c[0] - a[0]) * vy) - ((c[1] - a[1]) * vx)) / determinant;
        double t = (((c[0] - a[0]) * uy) - ((c[1] - a[1]) * ux)) / determinant;
        // Parallel ones have no finite share.
        return s >= 0 && s <= 1 && t >= 0 && t <= 1 ? [a[0] + (s * ux), a[1] + (s * uy)] : null;
    }

    private static double[]? InSpace(IReadOnlyList<double> a, IReadOnlyList<double> b, IReadOnlyList<IReadOnlyList<double>> polygon)
    {
        // Its normal by the area of its projections (Newell), which does not mind corners in one line.
        double[] normal = new double[3], centre = new double[3];
        for (int k = 0; k < polygon.Count; k++)
        {
            IReadOnlyList<double> p = polygon[k], q = polygon[(k + 1) % polygon.Count];
            for (int i = 0; i < 3; i++)
            {
                int j = (i + 1) % 3, l = (i + 2) % 3;
                normal[i] += (p[j] - q[j]) * (p[l] + q[l]);
                centre[i] += p[i] / polygon.Count;
            }
        }
        double from = 0, to = 0;
        for (int i = 0; i < 3; i++)
        {
            from += normal[i] * (a[i] - centre[i]);
            to += normal[i] * (b[i] - centre[i]);
        }
        double share = from / (from - to);
        if (!(share >= 0 && share <= 1))
            return null;
        double[] point = [.. Enumerable.Range(0, 3).Select(i => a[i] + (share * (b[i] - a[i])))];
        int sign = 0;
        for (int k = 0; k < polygon.Count; k++)
        {
            IReadOnlyList<double> p = polygon[k], q = polygon[(k + 1) % polygon.Count];
            double side = 0;
            for (int i = 0; i < 3; i++)
            {
                int j = (i + 1) % 3, l = (i + 2) % 3;
                side += normal[i] * (((q[j] - p[j]) * (point[l] - p[l])) - ((q[l] - p[l]) * (point[j] - p[j])));
            }
            if (side == 0)
                continue;
            if (sign != 0 && Math.Sign(side) != sign)
                return null;
            sign = Math.Sign(side);
        }
        return point;
    }

    private static List<double[]> Distinct(List<double[]> points, double near)
    {
        List<double[]> kept = [];
        foreach (double[] point in points.OrderBy(p => p[0]))
        {
            bool known = false;
            for (int i = kept.Count - 1; i >= 0 && point[0] - kept[i][0] <= near && !known; i--)
                known = Distance(kept[i], point) <= near;
            if (!known)
                kept.Add(point);
        }
        return kept;
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
