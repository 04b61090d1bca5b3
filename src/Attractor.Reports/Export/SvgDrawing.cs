using System.Globalization;
using System.Text;

namespace Attractor.Reports;

/// <summary>A drawing as SVG.</summary>
internal sealed class SvgDrawing : IDrawing
{
    private readonly StringBuilder _svg = new();

    /// <inheritdoc/>
    public void Rectangle(double x, double y, double width, double height, string color)
        => Element("rect", ("x", x), ("y", y), ("width", width), ("height", height)).Append(" fill=\"" + Color(color) + "\"/>\n");

    /// <inheritdoc/>
    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false)
        => Element("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke-width", width))
            .Append(" stroke=\"" + Color(color) + (dashed ? "\" stroke-dasharray=\"5 4\"/>\n" : "\"/>\n"));

    /// <inheritdoc/>
    public void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12)
    {
        Element("text", ("x", x), ("y", y), ("font-size", size)).Append(" text-anchor=\"" + anchor + "\" fill=\"" + Color(color) + "\"");
        if (turn != 0)
            _svg.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({turn} {x:0.##} {y:0.##})\"");
        _svg.Append('>')
            .Append(Superscripts.Pattern().Replace(
                Markup.Fit(text), m => $"<tspan dy=\"-4\" font-size=\"9\">{m.Groups[1].Value}</tspan><tspan dy=\"4\"></tspan>"))
            .Append("</text>\n");
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
        StringBuilder path = new();
        bool open = false;
        (string, string) last = default;
        foreach ((double x, double y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                open = false;
                continue;
            }
            // To a tenth of a pixel: what is not seen makes the file no larger.
            (string, string) here = (x.ToString("0.#", CultureInfo.InvariantCulture), y.ToString("0.#", CultureInfo.InvariantCulture));
            if (open && here == last)
                continue;
            path.Append(open ? 'L' : 'M').Append(here.Item1).Append(' ').Append(here.Item2);
            (open, last) = (true, here);
        }
        if (path.Length > 0)
            _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"{(fill is null ? "none" : Color(fill))}\" ")
                .Append(filled < 1 ? string.Create(CultureInfo.InvariantCulture, $"fill-opacity=\"{filled:0.##}\" ") : "")
                .Append(CultureInfo.InvariantCulture, $"stroke=\"{Color(stroke)}\" stroke-width=\"{width:0.##}\" stroke-linejoin=\"round\"")
                .Append(dashed ? " stroke-dasharray=\"6 4\"" : "")
                .Append(opacity < 1 ? string.Create(CultureInfo.InvariantCulture, $" opacity=\"{opacity:0.##}\"") : "").Append("/>\n");
    }

    /// <inheritdoc/>
    public void Symbol(double x, double y, double size, string? symbol, string color, string? outline)
    {
        double r = size / 2;
        ((double Across, double Down)[] corners, bool hollow) = SymbolShape.Of(symbol);
        if (corners.Length == 0)
            Element("circle", ("cx", x), ("cy", y), ("r", r));
        else
            _svg.Append("<path d=\"M").AppendJoin('L', corners.Select(c => string.Create(
                CultureInfo.InvariantCulture, $"{x + (r * c.Across):0.##} {y + (r * c.Down):0.##}"))).Append("z\"");
        string stroke = hollow ? color : outline ?? "";
        _svg.Append(hollow ? " fill=\"none\"" : $" fill=\"{Color(color)}\"")
            .Append(stroke.Length > 0 ? $" stroke=\"{Color(stroke)}\" stroke-width=\"1.3\"" : "").Append("/>\n");
    }

    /// <inheritdoc/>
    public void BeginPlot(double x, double y, double width, double height)
    {
        _svg.Append("<clipPath id=\"plot\">");
        Rectangle(x, y, width, height, "--text");
        _svg.Append("</clipPath>\n<g clip-path=\"url(#plot)\">\n");
    }

    /// <inheritdoc/>
    public void EndPlot() => _svg.Append("</g>\n");

    /// <summary>The document.</summary>
    /// <param name="width">Width of the drawing in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="millimetres">The width on paper.</param>
    /// <param name="title">What it is of.</param>
    public string ToDocument(double width, double height, double millimetres, string title) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{millimetres:0.##}mm" height="{millimetres * height / width:0.##}mm"
             viewBox="0 0 {width:0.##} {height:0.##}" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
        <title>{Markup.Escape(title)}</title>
        <rect width="100%" height="100%" fill="#fff"/>
        {_svg}</svg>

        """);

    private StringBuilder Element(string name, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        _svg.Append('<').Append(name);
        foreach ((string key, double value) in attributes)
            _svg.Append(CultureInfo.InvariantCulture, $" {key}=\"{value:0.##}\"");
        return _svg;
    }

    private static string Color(string name) => Markup.Escape(SheetColors.Of(name));
}
