namespace Attractor.Reports;

/// <summary>
/// How much of each pixel shapes cover. Every edge leaves in the pixels that it crosses by how much the covered part of a row changes
/// there; the sum along a row is then the signed area, exact for straight edges. Where shapes that run the same way overlap it is above
/// 1, which counts as 1.
/// </summary>
internal sealed class Coverage
{
    private readonly int _width, _height;
    private readonly float[] _changes;
    private int _left, _right, _top, _bottom;

    /// <summary>Nothing is covered yet.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    public Coverage(int width, int height)
    {
        (_width, _height) = (width, height);
        // One more than a row has: an edge in the last pixel changes what would come after it.
        _changes = new float[(width + 1) * height];
        Forget();
    }

    /// <summary>Takes a stretch of covered pixels.</summary>
    /// <param name="y">The row.</param>
    /// <param name="left">The first pixel.</param>
    /// <param name="parts">The parts that are covered, 0 to 1.</param>
    public delegate void RowAction(int y, int left, ReadOnlySpan<float> parts);

    /// <summary>Adds a closed polygon; the last corner is joined to the first.</summary>
    /// <param name="corners">Its corners, in pixels from the upper left, all of them finite.</param>
    /// <param name="forwards">Whether it is to run the same way as all others that are added so, whichever way its corners go.</param>
    public void Add(ReadOnlySpan<(double X, double Y)> corners, bool forwards = false)
    {
        bool turned = forwards && SignedArea(corners) < 0;
        for (int i = 0; i < corners.Length; i++)
        {
            ((double x0, double y0), (double x1, double y1)) = (corners[i], corners[(i + 1) % corners.Length]);
            if (turned)
                AddEdge(x1, y1, x0, y0);
            else
                AddEdge(x0, y0, x1, y1);
        }
    }

    /// <summary>Hands over what is covered, a stretch of pixels for each row with any, and forgets it.</summary>
    /// <param name="row">Takes them.</param>
    public void Drain(RowAction row)
    {
        float[] parts = new float[Math.Max(0, Math.Min(_right + 1, _width) - _left)];
        for (int y = _top; y <= _bottom; y++)
        {
            Span<float> changes = Row(y)[_left..Math.Min(_right + 2, _width + 1)];
            float sum = 0;
            for (int x = 0; x < parts.Length; x++)
            {
                sum += changes[x];
                parts[x] = Math.Min(1, Math.Abs(sum));
            }
            changes.Clear();
            row(y, _left, parts);
        }
        Forget();
    }

    private void Forget() => (_left, _right, _top, _bottom) = (_width, -1, _height, -1);

    private static double SignedArea(ReadOnlySpan<(double X, double Y)> corners)
    {
        double twice = 0;
        for (int i = 0; i < corners.Length; i++)
        {
            ((double x0, double y0), (double x1, double y1)) = (corners[i], corners[(i + 1) % corners.Length]);
            twice += (x0 * y1) - (x1 * y0);
        }
        return twice;
    }

    private void AddEdge(double x0, double y0, double x1, double y1)
    {
        if (y0 == y1)
            return;
        double sign = 1;
        if (y0 > y1)
            (x0, y0, x1, y1, sign) = (x1, y1, x0, y0, -1);
        double from = Math.Max(y0, 0), to = Math.Min(y1, _height);
        for (int y = (int)from; from < to; y++)
        {
            double end = Math.Min(to, y + 1);
            AddInRow(y, At(from), At(end), sign * (end - from));
            from = end;
        }
        double At(double y) => x0 + ((x1 - x0) * ((y - y0) / (y1 - y0)));
    }

    private Span<float> Row(int y) => _changes.AsSpan(y * (_width + 1), _width + 1);

    // A piece of an edge within one row, which it crosses over the _height `part`, signed.
    private void AddInRow(int y, double x0, double x1, double part)
    {
        if (x0 > x1)
            (x0, x1) = (x1, x0);
        (_top, _bottom) = (Math.Min(_top, y), Math.Max(_bottom, y));
        Span<float> changes = Row(y);
        double perPixel = x1 > x0 ? part / (x1 - x0) : 0;
        if (x0 < 0)
        {
            // To the left of the sheet: the whole row is beyond it.
            double outside = x1 <= 0 ? part : -x0 * perPixel;
            changes[0] += (float)outside;
            _left = 0;
            _right = Math.Max(_right, 0);
            if (x1 <= 0)
                return;
            (x0, part) = (0, part - outside);
        }
        if (x1 >= _width)
        {
            // What lies to the right is not seen, but the row is covered up to there.
            _right = _width;
            if (x0 >= _width)
                return;
            (x1, part) = (_width, (_width - x0) * perPixel);
        }
        int first = (int)x0;
        _left = Math.Min(_left, first);
        if (x1 <= first + 1)
        {
            Change(changes, first, part, ((x0 + x1) / 2) - first);
            return;
        }
        for (int x = first; x < x1; x++)
        {
            double low = Math.Max(x0, x), high = Math.Min(x1, x + 1);
            Change(changes, x, perPixel * (high - low), ((low + high) / 2) - x);
        }
    }

    // The edge is at `offset` of the pixel on average: so much of the pixel is not covered yet.
    private void Change(Span<float> changes, int x, double part, double offset)
    {
        changes[x] += (float)(part * (1 - offset));
        changes[x + 1] += (float)(part * offset);
        _right = Math.Max(_right, x + 1);
    }
}
