namespace Attractor.Reports;

/// <summary>Lines as shapes to cover: a rectangle for each segment, a fan on the outer side of each corner.</summary>
internal static class Stroke
{
    // Corners are round; a fan has a blade for each of these angles.
    private const double Blade = 0.4;

    /// <summary>Adds a line through points.</summary>
    /// <param name="coverage">Where to.</param>
    /// <param name="points">The points, all of them finite.</param>
    /// <param name="width">Width of the line.</param>
    public static void Add(Coverage coverage, ReadOnlySpan<(double X, double Y)> points, double width)
    {
        (double X, double Y) before = default;
        bool hasBefore = false;
        for (int i = 1; i < points.Length; i++)
        {
            ((double x0, double y0), (double x1, double y1)) = (points[i - 1], points[i]);
            double length = Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0)));
            if (length == 0)
                continue;
            (double X, double Y) side = (-(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2);
            coverage.Add(
                [(x0 + side.X, y0 + side.Y), (x1 + side.X, y1 + side.Y), (x1 - side.X, y1 - side.Y), (x0 - side.X, y0 - side.Y)],
                forwards: true);
            if (hasBefore)
                AddCorner(coverage, x0, y0, before, side);
            (before, hasBefore) = (side, true);
        }
    }

    /// <summary>The dashes of a line.</summary>
    /// <param name="points">The points of the line.</param>
    /// <param name="dash">Length of a dash.</param>
    /// <param name="gap">Length of a gap.</param>
    public static IEnumerable<(double X, double Y)[]> Dashes(IReadOnlyList<(double X, double Y)> points, double dash, double gap)
    {
        List<(double X, double Y)> now = points.Count > 0 ? [points[0]] : [];
        bool drawn = true;
        double left = dash;
        for (int i = 1; i < points.Count; i++)
        {
            ((double x0, double y0), (double x1, double y1)) = (points[i - 1], points[i]);
            double length = Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0))), at = 0;
            while (length - at > left)
            {
                at += left;
                (double X, double Y) end = (x0 + ((x1 - x0) * at / length), y0 + ((y1 - y0) * at / length));
                if (drawn)
                    yield return [.. now, end];
                now = [end];
                drawn = !drawn;
                left = drawn ? dash : gap;
            }
            left -= length - at;
            if (drawn)
                now.Add((x1, y1));
        }
        if (drawn && now.Count > 1)
            yield return [.. now];
    }

    private static void AddCorner(Coverage coverage, double x, double y, (double X, double Y) from, (double X, double Y) to)
    {
        double turn = Math.Atan2((from.X * to.Y) - (from.Y * to.X), (from.X * to.X) + (from.Y * to.Y));
        if (turn == 0)
            return;
        // The gap is on the side that the line turns away from.
        double sign = turn > 0 ? -1 : 1;
        int blades = (int)Math.Ceiling(Math.Abs(turn) / Blade);
        (double X, double Y)[] fan = new (double, double)[blades + 2];
        fan[0] = (x, y);
        for (int i = 0; i <= blades; i++)
        {
            (double sin, double cos) = Math.SinCos(turn * i / blades);
            fan[i + 1] = (x + (sign * ((from.X * cos) - (from.Y * sin))), y + (sign * ((from.X * sin) + (from.Y * cos))));
        }
        coverage.Add(fan, forwards: true);
    }
}
