using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Attractor.Reports;

/// <summary>A drawing on a page of a PDF document.</summary>
internal sealed class PdfDrawing : IDrawing, IDisposable
{
    private const double OutlineWidth = 1.3;

    private readonly XGraphics _page;
    private XGraphicsState? _beforePlot;

    /// <summary>Draws on a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="scale">Points in a pixel of the drawing.</param>
    public PdfDrawing(PdfPage page, double scale)
    {
        ArimoFont.MakeKnown();
        _page = XGraphics.FromPdfPage(page);
        _page.ScaleTransform(scale);
    }

    /// <inheritdoc/>
    public void Rectangle(double x, double y, double width, double height, string color)
        => _page.DrawRectangle(Brush(color), x, y, width, height);

    /// <inheritdoc/>
    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false)
        => _page.DrawLine(Pen(color, width, dashed ? 5 : null), x1, y1, x2, y2);

    /// <inheritdoc/>
    public void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12)
    {
        (string Text, XFont Font, double Up)[] parts =
        [
            .. Superscripts.Parts(text, size).Select(p => (p.Text, Font(p.Size), p.Up)),
        ];
        double[] widths = [.. parts.Select(p => _page.MeasureString(p.Text, p.Font).Width)];
        XGraphicsState before = _page.Save();
        if (turn != 0)
            _page.RotateAtTransform(turn, new(x, y));
        double at = x - (anchor switch { "start" => 0, "end" => widths.Sum(), _ => widths.Sum() / 2 });
        foreach (((string part, XFont font, double up), double width) in parts.Zip(widths))
        {
            _page.DrawString(part, font, Brush(color), at, y - up);
            at += width;
        }
        _page.Restore(before);
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
        XGraphicsPath path = new();
        List<XPoint> stretch = [];
        void EndStretch()
        {
            if (stretch.Count > 1)
            {
                path.StartFigure();
                path.AddLines([.. stretch]);
            }
            stretch.Clear();
        }
        foreach ((double x, double y) in points)
            if (!double.IsFinite(x) || !double.IsFinite(y))
                EndStretch();
            else if (Rounded(x, y) is var point && (stretch.Count == 0 || stretch[^1] != point))
                stretch.Add(point);
        EndStretch();
        if (fill is not null)
            _page.DrawPath(Brush(fill, filled * opacity), path);
        if (width > 0)
            _page.DrawPath(Pen(stroke, width, dashed ? 6 : null, opacity), path);
    }

    /// <inheritdoc/>
    public void Symbol(double x, double y, double size, string? symbol, string color, string? outline)
    {
        ((double Across, double Down)[] corners, bool hollow) = SymbolShape.Of(symbol);
        double r = size / 2;
        XBrush? inside = hollow ? null : Brush(color);
        XPen? edge = (hollow ? color : outline) is { } line ? Pen(line, OutlineWidth, null) : null;
        if (corners.Length == 0)
            _page.DrawEllipse(edge, inside, x - r, y - r, size, size);
        else
            _page.DrawPolygon(edge, inside, [.. corners.Select(c => new XPoint(x + (r * c.Across), y + (r * c.Down)))], XFillMode.Winding);
    }

    /// <inheritdoc/>
    public void BeginPlot(double x, double y, double width, double height)
    {
        _beforePlot = _page.Save();
        _page.IntersectClip(new XRect(x, y, width, height));
    }

    /// <inheritdoc/>
    public void EndPlot()
    {
        if (_beforePlot is { } before)
            _page.Restore(before);
        _beforePlot = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _page.Dispose();

    // To a tenth of a pixel: what is not seen makes the file no larger.
    private static XPoint Rounded(double x, double y) => new(Math.Round(x, 1), Math.Round(y, 1));

    private static XFont Font(double size) => new(ArimoFont.Name, size, XFontStyleEx.Regular, new(PdfSharp.Pdf.PdfFontEncoding.Unicode));

    private static XSolidBrush Brush(string color, double opacity = 1) => new(Color(color, opacity));

    private static XPen Pen(string color, double width, double? dash, double opacity = 1)
    {
        XPen pen = new(Color(color, opacity), width) { LineJoin = XLineJoin.Round };
        // In widths of the pen.
        if (dash is { } length)
            pen.DashPattern = [length / width, 4 / width];
        return pen;
    }

    private static XColor Color(string name, double opacity)
    {
        (byte red, byte green, byte blue, byte own) = SheetColors.Rgba(name);
        return XColor.FromArgb((int)Math.Round(own * opacity), red, green, blue);
    }
}
