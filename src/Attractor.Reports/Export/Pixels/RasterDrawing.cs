using Attractor.Data;

namespace Attractor.Reports;

/// <summary>A drawing as pixels, with soft edges, on white.</summary>
internal sealed class RasterDrawing : IDrawing
{
    private const int Channels = 3;
    private const double OutlineWidth = 1.3;
    private const int CircleCorners = 40;

    private static readonly Lazy<GlyphOutlines> s_font = new(() => new(ArimoFont.Read()));

    private readonly int _width, _height;
    private readonly double _scale;
    private readonly byte[] _samples;
    private readonly Coverage _coverage;
    private (double Left, double Top, double Right, double Bottom)? _plot;

    /// <summary>An empty sheet.</summary>
    /// <param name="width">Its width in pixels of the picture.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scale">Pixels of the picture in one of the drawing.</param>
    public RasterDrawing(int width, int height, double scale)
    {
        (_width, _height, _scale) = (width, height, scale);
        _samples = new byte[Channels * width * height];
        _samples.AsSpan().Fill(byte.MaxValue);
        _coverage = new(width, height);
    }

    /// <inheritdoc/>
    public void Rectangle(double x, double y, double width, double height, string color)
    {
        Cover([(x, y), (x + width, y), (x + width, y + height), (x, y + height)]);
        Paint(color);
    }

    /// <inheritdoc/>
    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false)
    {
        Draw([(x1, y1), (x2, y2)], width, dashed ? 5 : null);
        Paint(color);
    }

    /// <inheritdoc/>
    public void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12)
    {
        GlyphOutlines font = s_font.Value;
        (string Text, double Size, double Up)[] parts = [.. Superscripts.Parts(text, size)];
        double width = parts.Sum(p => p.Text.Sum(font.Advance) * p.Size);
        double across = -(anchor switch { "start" => 0, "end" => width, _ => width / 2 });
        (double sin, double cos) = Math.SinCos(turn * Math.PI / 180);
        foreach ((string part, double letters, double up) in parts)
            foreach (char letter in part)
            {
                foreach ((double X, double Y)[] contour in font.Of(letter))
                    Cover([.. contour.Select(p => (Right: across + (letters * p.X), Down: -up - (letters * p.Y)))
                        .Select(p => (x + (p.Right * cos) - (p.Down * sin), y + (p.Right * sin) + (p.Down * cos)))]);
                across += letters * font.Advance(letter);
            }
        Paint(color);
    }

    /// <inheritdoc/>
    public void Path(
        IReadOnlyList<(double X, double Y)> points,
        string stroke,
        double width,
        string? fill = null,
        double filled = 1,
        bool dashed = false,
        double opacity = 1)
    {
        (double X, double Y)[][] stretches = [.. Stretches(points)];
        if (fill is not null)
        {
            foreach ((double X, double Y)[] stretch in stretches)
                Cover(stretch);
            Paint(fill, filled * opacity);
        }
        if (width > 0)
        {
            foreach ((double X, double Y)[] stretch in stretches)
                Draw(stretch, width, dashed ? 6 : null);
            Paint(stroke, opacity);
        }
    }

    /// <inheritdoc/>
    public void Symbol(double x, double y, double size, string? symbol, string color, string? outline)
    {
        ((double Across, double Down)[] corners, bool hollow) = SymbolShape.Of(symbol);
        if (corners.Length == 0)
            corners = [.. Enumerable.Range(0, CircleCorners).Select(i => Math.SinCos(2 * Math.PI * i / CircleCorners))];
        (double X, double Y)[] shape = [.. corners.Select(c => (x + (size / 2 * c.Across), y + (size / 2 * c.Down)))];
        if (!hollow)
        {
            Cover(shape);
            Paint(color);
        }
        if ((hollow ? color : outline) is { } line)
        {
            // Once around, and into the first corner once more, so that it is round as well.
            Draw([.. shape, shape[0], shape[1]], OutlineWidth, null);
            Paint(line);
        }
    }

    /// <inheritdoc/>
    public void BeginPlot(double x, double y, double width, double height)
        => _plot = (_scale * x, _scale * y, _scale * (x + width), _scale * (y + height));

    /// <inheritdoc/>
    public void EndPlot() => _plot = null;

    /// <summary>The picture.</summary>
    public Raster ToRaster() => new(_samples, _height, _width, Channels);

    private static IEnumerable<(double X, double Y)[]> Stretches(IReadOnlyList<(double X, double Y)> points)
    {
        List<(double X, double Y)> stretch = [];
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(x) && double.IsFinite(y))
                stretch.Add((x, y));
            else if (stretch.Count > 0)
            {
                yield return [.. stretch];
                stretch.Clear();
            }
        }
        if (stretch.Count > 0)
            yield return [.. stretch];
    }

    private void Cover(ReadOnlySpan<(double X, double Y)> corners) => _coverage.Add(Scaled(corners));

    private void Draw(ReadOnlySpan<(double X, double Y)> points, double width, double? dash)
    {
        (double X, double Y)[] scaled = Scaled(points);
        if (dash is { } length)
            foreach ((double X, double Y)[] part in Stroke.Dashes(scaled, _scale * length, _scale * 4))
                Stroke.Add(_coverage, part, _scale * width);
        else
            Stroke.Add(_coverage, scaled, _scale * width);
    }

    private (double X, double Y)[] Scaled(ReadOnlySpan<(double X, double Y)> points)
    {
        (double X, double Y)[] scaled = new (double, double)[points.Length];
        for (int i = 0; i < points.Length; i++)
            scaled[i] = (_scale * points[i].X, _scale * points[i].Y);
        return scaled;
    }

    // What is covered gets the colour, as much of each pixel as is covered and lies within the plot.
    private void Paint(string color, double opacity = 1)
    {
        (byte red, byte green, byte blue, byte own) = SheetColors.Rgba(color);
        double strength = opacity * own / byte.MaxValue;
        _coverage.Drain((y, left, parts) =>
        {
            double seen = strength * (_plot is { } plot ? Overlap(y, plot.Top, plot.Bottom) : 1);
            for (int i = 0; i < parts.Length; i++)
            {
                double part = seen * parts[i] * (_plot is { } p ? Overlap(left + i, p.Left, p.Right) : 1);
                if (part <= 0)
                    continue;
                Span<byte> pixel = _samples.AsSpan(Channels * ((y * _width) + left + i), Channels);
                pixel[0] = Mixed(pixel[0], red, part);
                pixel[1] = Mixed(pixel[1], green, part);
                pixel[2] = Mixed(pixel[2], blue, part);
            }
        });
    }

    private static double Overlap(int pixel, double from, double to) => Math.Clamp(Math.Min(pixel + 1, to) - Math.Max(pixel, from), 0, 1);

    private static byte Mixed(byte below, byte above, double part) => (byte)Math.Round(below + ((above - below) * part));
}
