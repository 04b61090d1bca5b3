namespace Attractor.Reports;

/// <summary>Where a function on a grid is at least some value: marching squares (Lorensen and Cline 1987, in the plane).</summary>
internal static class Isoline
{
    // How far a path may be from where it belongs, as a part of the axes: nothing that can be seen.
    private const double Coarseness = 3e-4;

    private static readonly (double, double) s_gap = (double.NaN, double.NaN);

    /// <summary>Closed paths around the region, which lies to their left; after each a gap.</summary>
    /// <param name="x">C abscissae, ascending.</param>
    /// <param name="y">R ordinates, ascending.</param>
    /// <param name="values">R x C, row by row; finite.</param>
    /// <param name="level">The value.</param>
    /// <remarks>
    /// Holes run the other way round, so that a path fills as the region does. Along the edge of the grid the path is the edge.
    /// </remarks>
    public static IEnumerable<(double X, double Y)> Around(
        IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> values, double level)
    {
        // A ring of low values around the grid, at no distance from it, closes every path.
        int rows = y.Count + 2, columns = x.Count + 2;
        double X(int j) => x[Math.Clamp(j - 1, 0, x.Count - 1)];
        double Y(int i) => y[Math.Clamp(i - 1, 0, y.Count - 1)];
        double Value(int i, int j)
            => i == 0 || j == 0 || i == rows - 1 || j == columns - 1 ? level - 1 : values[((i - 1) * x.Count) + j - 1];

        Dictionary<int, (int End, (double, double) Point)> segments = [];
        for (int i = 0; i + 1 < rows; i++)
            for (int j = 0; j + 1 < columns; j++)
                AddSegments(i, j);
        while (segments.Count > 0)
        {
            int first = segments.Keys.Min(), edge = first;
            List<(double X, double Y)> path = [];
            do
            {
                (int end, (double, double) point) = segments[edge];
                segments.Remove(edge);
                path.Add(point);
                edge = end;
            }
            while (edge != first);
            path.Add(path[0]);
            foreach ((double, double) point in Thinned(path, (x[^1] - x[0]) * Coarseness, (y[^1] - y[0]) * Coarseness))
                yield return point;
            yield return s_gap;
        }

        // Corners against the clock from the lower left one; side k leads from corner k to the next. Where it leaves the region a segment
        // begins, and it ends where the region is entered.
        void AddSegments(int i, int j)
        {
            bool lowerLeft = Value(i, j) >= level;
            if (Value(i, j + 1) >= level == lowerLeft && Value(i + 1, j + 1) >= level == lowerLeft && Value(i + 1, j) >= level == lowerLeft)
                return;
            (int I, int J)[] corner = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)];
            bool[] inside = [.. corner.Select(c => Value(c.I, c.J) >= level)];
            // Of two opposite corners the mean says whether the region joins them.
            int turn = corner.Average(c => Value(c.I, c.J)) >= level ? 1 : 3;
            for (int side = 0; side < 4; side++)
            {
                if (!inside[side] || inside[(side + 1) % 4])
                    continue;
                int end = side;
                do
                    end = (end + turn) % 4;
                while (inside[end] || !inside[(end + 1) % 4]);
                segments.Add(Edge(i, j, side), (Edge(i, j, end), Crossing(corner[side], corner[(side + 1) % 4])));
            }
        }

        // Two edges begin at each node: to the right, and upwards.
        int Edge(int i, int j, int side) => side switch
        {
            0 => 2 * ((i * columns) + j),
            1 => (2 * ((i * columns) + j + 1)) + 1,
            2 => 2 * (((i + 1) * columns) + j),
            _ => (2 * ((i * columns) + j)) + 1,
        };

        (double, double) Crossing((int I, int J) a, (int I, int J) b)
        {
            double from = Value(a.I, a.J), part = (level - from) / (Value(b.I, b.J) - from);
            return (X(a.J) + (part * (X(b.J) - X(a.J))), Y(a.I) + (part * (Y(b.I) - Y(a.I))));
        }
    }

    // Without the points that lie on the line from the last one kept to the next, as do all that were left
    // out between: most of those along an edge.
    private static IEnumerable<(double X, double Y)> Thinned(List<(double X, double Y)> path, double dx, double dy)
    {
        int last = 0;
        yield return path[0];
        for (int i = 1; i + 1 < path.Count; i++)
        {
            if (AreOnTheLine(last, i + 1))
                continue;
            last = i;
            yield return path[i];
        }
        yield return path[^1];

        bool AreOnTheLine(int from, int to)
        {
            (double x, double y) = ((path[to].X - path[from].X) / dx, (path[to].Y - path[from].Y) / dy);
            double length = Math.Sqrt((x * x) + (y * y));
            for (int i = from + 1; i < to; i++)
            {
                (double px, double py) = ((path[i].X - path[from].X) / dx, (path[i].Y - path[from].Y) / dy);
                double along = ((px * x) + (py * y)) / Math.Max(length, double.Epsilon);
                if (along < -1 || along > length + 1 || Math.Abs((px * y) - (py * x)) > length)
                    return false;
            }
            return true;
        }
    }
}
