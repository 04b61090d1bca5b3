using Attractor.Numerics;
using Point = (double X, double Y);

namespace Attractor.Data;

/// <summary>One hand at one moment: how it distorts the points of a stroke, and the width of its pen.</summary>
internal sealed class Handwriting
{
    // Straight pieces between two points of a stroke.
    private const int Pieces = 6;

    private readonly Wave[] _waves;
    private readonly double _xx, _xy, _yx, _yy, _shiftX, _shiftY, _radius, _pressure, _phase;

    private Handwriting(RandomStream stream)
    {
        _waves = [.. Enumerable.Range(0, 3).Select(_ => Wave.Draw(stream))];
        double height = Math.Clamp(19.5 + (1.2 * stream.NextNormal()), 16, 22), width = height * stream.NextUniform(0.68, 1.08);
        double slant = Math.Clamp(0.14 + (0.2 * stream.NextNormal()), -0.4, 0.6);
        (double sin, double cos) = Math.SinCos(Math.Clamp(0.09 * stream.NextNormal(), -0.25, 0.25));
        // Widths and heights are scaled first, then slanted to the right, then turned.
        (_xx, _xy) = (cos * width, -(cos * slant * height) - (sin * height));
        (_yx, _yy) = (sin * width, -(sin * slant * height) + (cos * height));
        (_shiftX, _shiftY) = (0.7 * stream.NextNormal(), 0.7 * stream.NextNormal());
        _radius = Math.Clamp(1.25 * Math.Exp(0.27 * stream.NextNormal()), 0.7, 2.1);
        _pressure = stream.NextUniform(0, 0.22);
        _phase = stream.NextUniform(0, 2 * Math.PI);
    }

    /// <summary>A hand at random.</summary>
    public static Handwriting Draw(RandomStream stream) => new(stream);

    /// <summary>Writes strokes into a black image, with the middle of the square they were given in near the middle of the image.</summary>
    /// <param name="strokes">Each a smooth curve through its points (Catmull and Rom 1974).</param>
    /// <param name="image">side * side pixels.</param>
    /// <param name="side">H and W.</param>
    public void Write(Point[][] strokes, Span<float> image, int side)
    {
        double middle = side / 2.0;
        foreach (Point[] stroke in strokes)
        {
            Point[] points = [.. stroke.Select(Move)];
            Point previous = points[0];
            for (int i = 0; i < points.Length - 1; i++)
            {
                for (int j = 1; j <= Pieces; j++)
                {
                    Point next = Curve(points, i, (double)j / Pieces);
                    double radius = _radius * (1 + (_pressure * Math.Sin(_phase + (0.35 * next.Y) + (0.2 * next.X))));
                    Pen.Draw(image, side, (previous.X + middle, previous.Y + middle), (next.X + middle, next.Y + middle), radius);
                    previous = next;
                }
            }
        }
    }

    private Point Move(Point point)
    {
        (double x, double y) = (point.X - 0.5, point.Y - 0.5);
        foreach (Wave wave in _waves)
        {
            double s = Math.Sin((wave.FrequencyX * point.X) + (wave.FrequencyY * point.Y) + wave.Phase);
            (x, y) = (x + (wave.X * s), y + (wave.Y * s));
        }
        return ((_xx * x) + (_xy * y) + _shiftX, (_yx * x) + (_yy * y) + _shiftY);
    }

    // Between points i and i + 1; the first and the last are their own neighbours.
    private static Point Curve(Point[] points, int i, double t)
    {
        Point before = points[Math.Max(i - 1, 0)], start = points[i],
            end = points[i + 1], after = points[Math.Min(i + 2, points.Length - 1)];
        return (Interpolate(before.X, start.X, end.X, after.X, t), Interpolate(before.Y, start.Y, end.Y, after.Y, t));
    }

    private static double Interpolate(double before, double start, double end, double after, double t)
        => start + (0.5 * t
            * (end - before + (t * ((2 * before) - (5 * start) + (4 * end) - after + (t * ((3 * (start - end)) + after - before))))));

    // A plane wave that displaces points smoothly: points that coincide stay together.
    private readonly record struct Wave(double FrequencyX, double FrequencyY, double Phase, double X, double Y)
    {
        public static Wave Draw(RandomStream stream) => new(
            stream.NextUniform(-6, 6),
            stream.NextUniform(-6, 6),
            stream.NextUniform(0, 2 * Math.PI),
            0.042 * stream.NextNormal(),
            0.034 * stream.NextNormal());
    }
}
