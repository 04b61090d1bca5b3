using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Attractor.Reports;

/// <summary>Elements of an SVG drawing, in pixels.</summary>
internal sealed partial class SvgText
{
    // The style sheet's light colours.
    private static readonly Dictionary<string, string> s_colors = Colours();

    private readonly StringBuilder _svg = new();

    /// <summary>The colour of a name of the style sheet.</summary>
    public static string Color(string? name)
        => name is null ? "#1c1e21" : s_colors.TryGetValue(name, out string? color) ? color : WebUtility.HtmlEncode(name);

    /// <summary>Adds raw markup.</summary>
    public SvgText Raw(string markup)
    {
        _svg.Append(markup);
        return this;
    }

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(double x, double y, double width, double height, string color)
        => Element("rect", ("x", x), ("y", y), ("width", width), ("height", height)).Append(" fill=\"" + Color(color) + "\"/>\n");

    /// <summary>A line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, bool dashed = false)
        => Element("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke-width", width))
            .Append(" stroke=\"" + Color(color) + (dashed ? "\" stroke-dasharray=\"5 4\"/>\n" : "\"/>\n"));

    /// <summary>A text; superscripts are kept, other markup is what it stands for.</summary>
    public void Text(double x, double y, string text, string anchor = "middle", string color = "--text", double turn = 0, double size = 12)
    {
        Element("text", ("x", x), ("y", y), ("font-size", size)).Append(" text-anchor=\"" + anchor + "\" fill=\"" + Color(color) + "\"");
        if (turn != 0)
            _svg.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({turn} {x:0.##} {y:0.##})\"");
        _svg.Append('>').Append(Superscript().Replace(
            text, m => $"<tspan dy=\"-4\" font-size=\"9\">{m.Groups[1].Value}</tspan><tspan dy=\"4\"></tspan>")).Append("</text>\n");
    }

    /// <summary>Stretches of a line between gaps.</summary>
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

    /// <summary>A symbol by plotly's name for it.</summary>
    public void Symbol(double x, double y, double size, string? symbol, string color, string? outline)
    {
        double r = size / 2;
        bool hollow = symbol?.EndsWith("-open", StringComparison.Ordinal) == true;
        (double Across, double Down)[] corners = symbol?.Replace("-open", "", StringComparison.Ordinal) switch
        {
            "square" => [(-1, -1), (1, -1), (1, 1), (-1, 1)],
            "diamond" => [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
            "triangle-up" => [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
            _ => [],
        };
        if (corners.Length == 0)
            Element("circle", ("cx", x), ("cy", y), ("r", r));
        else
            _svg.Append("<path d=\"M").AppendJoin('L', corners.Select(c => string.Create(
                CultureInfo.InvariantCulture, $"{x + (r * c.Across):0.##} {y + (r * c.Down):0.##}"))).Append("z\"");
        string stroke = hollow ? color : outline ?? "";
        _svg.Append(hollow ? " fill=\"none\"" : $" fill=\"{Color(color)}\"")
            .Append(stroke.Length > 0 ? $" stroke=\"{Color(stroke)}\" stroke-width=\"1.3\"" : "").Append("/>\n");
    }

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
        <title>{WebUtility.HtmlEncode(title)}</title>
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

    private static Dictionary<string, string> Colours()
    {
        using StreamReader reader = new(typeof(SvgText).Assembly.GetManifestResourceStream("report.css")!);
        Dictionary<string, string> colors = new(StringComparer.Ordinal);
        // Those of light pages come first.
        foreach (Match match in Named().Matches(reader.ReadToEnd()))
            colors.TryAdd(match.Groups[1].Value, match.Groups[2].Value);
        return colors;
    }

    [GeneratedRegex(@"(--[a-z]+):\s*(#[0-9a-f]{3,8})")]
    private static partial Regex Named();

    [GeneratedRegex("<sup>(.*?)</sup>")]
    private static partial Regex Superscript();
}
