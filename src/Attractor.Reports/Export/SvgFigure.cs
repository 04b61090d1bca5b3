using System.Net;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Draws the figure of a page as SVG: curves, bars, bands and dots in a plane, orbits in space as they are first seen.</summary>
internal static class SvgFigure
{
    private const double Width = 640, Left = 66, Right = 14, Bottom = 50;
    private const double LegendLine = 18, Swatch = 22;

    /// <summary>The document.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="millimetres">Its width on paper.</param>
    public static string Draw(FigureSpec figure, double millimetres)
    {
        SvgText svg = new();
        if (figure.IsSpatial)
            SvgScene.Draw(svg, figure, Width, figure.Height);
        else
            DrawPlane(svg, figure);
        return svg.ToDocument(Width, figure.Height, millimetres, figure.Title);
    }

    /// <summary>What the curves are called, in lines from a corner on.</summary>
    /// <returns>The height that it takes.</returns>
    public static double DrawLegend(SvgText svg, FigureSpec figure, double left, double right, double top, bool below)
    {
        if (figure.Layout("showlegend") is not { ValueKind: JsonValueKind.True })
            return 0;
        double x = left, y = top + LegendLine - 5;
        foreach (JsonElement trace in figure.Traces.Where(IsListed))
        {
            string name = FigureSpec.Word(trace, "name") ?? "";
            // About the width of a letter: without a font at hand nothing measures it.
            double needed = Swatch + 14 + (6.3 * WebUtility.HtmlDecode(name).Length);
            if (x > left && (below || x + needed > right))
                (x, y) = (left, y + LegendLine);
            string color = ColorOf(trace);
            if (Mode(trace).Contains("lines", StringComparison.Ordinal))
                svg.Line(x, y - 4, x + Swatch - 4, y - 4, color, 2, IsDashed(trace));
            else
                svg.Symbol(x + 9, y - 4, 7, FigureSpec.Word(trace, "marker", "symbol"), color, null);
            svg.Text(x + Swatch, y, name, "start");
            x += needed;
        }
        return y + 5 - top;
    }

    private static void DrawPlane(SvgText svg, FigureSpec figure)
    {
        PlotAxis across = PlotAxis.Of(figure, "xaxis"), up = PlotAxis.Of(figure, "yaxis");
        bool hasScale = figure.Traces.Any(t => FigureSpec.Part(t, "marker", "showscale") is not null);
        double right = Width - Right - (hasScale ? 74 : 0), top = 10 + DrawLegend(svg, figure, Left, right, 2, below: false);
        double bottom = figure.Height - Bottom;
        if (figure.Layout("yaxis") is { } layout && FigureSpec.Word(layout, "scaleanchor") is not null)
            Equalize(across, up, right - Left, bottom - top);
        double X(double value) => Left + (across.At(value) * (right - Left));
        double Y(double value) => bottom - (up.At(value) * (bottom - top));
        double PlaceX(double place) => Left + (across.AtPlace(place) * (right - Left));
        double PlaceY(double place) => bottom - (up.AtPlace(place) * (bottom - top));

        foreach ((double place, string text) in across.Ticks)
        {
            if (across.HasGrid)
                svg.Line(PlaceX(place), top, PlaceX(place), bottom, "--grid");
            svg.Text(PlaceX(place), bottom + 16, text);
        }
        foreach ((double place, string text) in up.Ticks)
        {
            if (up.HasGrid)
                svg.Line(Left, PlaceY(place), right, PlaceY(place), "--grid");
            svg.Text(Left - 6, PlaceY(place) + 4, text, "end");
        }
        svg.Text((Left + right) / 2, figure.Height - 10, across.Title);
        svg.Text(15, (top + bottom) / 2, up.Title, turn: -90);
        svg.Raw("<clipPath id=\"plot\">");
        svg.Rectangle(Left, top, right - Left, bottom - top, "--text");
        svg.Raw("</clipPath>\n<g clip-path=\"url(#plot)\">\n");
        foreach (JsonElement trace in figure.Traces)
            if (FigureSpec.Part(trace, "marker", "showscale") is null)
                DrawTrace(svg, trace, X, Y, bottom);
        DrawMarks(svg, figure, PlaceX, top, bottom);
        svg.Raw("</g>\n");
        svg.Line(Left, bottom, right, bottom, "--faint");
        svg.Line(Left, top, Left, bottom, "--faint");
        if (hasScale)
            DrawScale(svg, figure.Traces.First(t => FigureSpec.Part(t, "marker", "showscale") is not null), right + 16, top + 24, bottom);
    }

    private static void DrawTrace(SvgText svg, JsonElement trace, Func<double, double> x, Func<double, double> y, double bottom)
    {
        (double X, double Y)[] points = [.. FigureSpec.Numbers(trace, "x").Zip(FigureSpec.Numbers(trace, "y"), (a, b) => (x(a), y(b)))];
        string line = FigureSpec.Word(trace, "line", "color") ?? "--text";
        if (Mode(trace).Contains("lines", StringComparison.Ordinal))
        {
            IEnumerable<(double, double)> path = FigureSpec.Word(trace, "line", "shape") == "hv" ? Stairs(points) : points;
            string? fill = FigureSpec.Word(trace, "fillcolor");
            if (FigureSpec.Word(trace, "fill") is { } kind)
            {
                // What has a colour of its own to be filled with is not seen through.
                svg.Path([.. path], line, fill is null ? 0 : 0.5, fill ?? line, fill is null ? 0.35 : 1);
                if (kind == "toself" && fill is not null)
                    return;
            }
            svg.Path([.. path], line, FigureSpec.Number(trace, "line", "width") ?? 1.5, dashed: IsDashed(trace));
        }
        double[] above = Error(trace, "array"), below = Error(trace, "arrayminus") is { Length: > 0 } own ? own : above;
        double[] values = FigureSpec.Numbers(trace, "y");
        for (int i = 0; i < above.Length && i < points.Length; i++)
            if (double.IsFinite(points[i].X) && y(values[i] + above[i]) is var high && double.IsFinite(high))
                svg.Line(
                    points[i].X, high, points[i].X, y(values[i] - below[i]) is var low && double.IsFinite(low) ? low : bottom,
                    FigureSpec.Word(trace, "error_y", "color") ?? line, 1.2);
        if (!Mode(trace).Contains("markers", StringComparison.Ordinal))
            return;
        JsonElement marker = FigureSpec.Part(trace, "marker") ?? default;
        string[] colors = FigureSpec.Words(marker, "color");
        for (int i = 0; i < points.Length; i++)
            if (double.IsFinite(points[i].X) && double.IsFinite(points[i].Y))
                svg.Symbol(
                    points[i].X, points[i].Y, FigureSpec.Number(marker, "size") ?? 6, FigureSpec.Word(marker, "symbol"),
                    i < colors.Length ? colors[i] : FigureSpec.Word(marker, "color") ?? line, FigureSpec.Word(marker, "line", "color"));
    }

    private static double[] Error(JsonElement trace, string name)
        => FigureSpec.Part(trace, "error_y") is { } error ? FigureSpec.Numbers(error, name) : [];

    private static IEnumerable<(double, double)> Stairs((double X, double Y)[] points)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (i > 0)
                yield return (points[i].X, points[i - 1].Y);
            yield return points[i];
        }
    }

    private static void DrawMarks(SvgText svg, FigureSpec figure, Func<double, double> x, double top, double bottom)
    {
        foreach (JsonElement shape in Entries(figure, "shapes"))
            if (FigureSpec.Number(shape, "x0") is { } place)
                svg.Line(x(place), top, x(place), bottom, FigureSpec.Word(shape, "line", "color") ?? "--faint", 1.2, dashed: true);
        // Each word stands at its line.
        foreach ((JsonElement shape, JsonElement note) in Entries(figure, "shapes").Zip(Entries(figure, "annotations")))
            if (FigureSpec.Number(shape, "x0") is { } place)
                svg.Text(x(place) + 4, bottom - 5, FigureSpec.Word(note, "text") ?? "", "start");
    }

    private static JsonElement[] Entries(FigureSpec figure, string name)
        => figure.Layout(name) is { ValueKind: JsonValueKind.Array } entries ? [.. entries.EnumerateArray()] : [];

    private static void DrawScale(SvgText svg, JsonElement trace, double x, double top, double bottom)
    {
        JsonElement marker = FigureSpec.Part(trace, "marker")!.Value;
        JsonElement[] stops = [.. FigureSpec.Part(marker, "colorscale")!.Value.EnumerateArray()];
        double Place(double part) => bottom - (part * (bottom - top));
        for (int i = 0; i + 1 < stops.Length; i += 2)
        {
            double from = Place(stops[i + 1][0].GetDouble()), to = Place(stops[i][0].GetDouble());
            svg.Rectangle(x, from, 14, to - from, stops[i][1].GetString()!);
        }
        JsonElement bar = FigureSpec.Part(marker, "colorbar") ?? default;
        double low = FigureSpec.Number(marker, "cmin") ?? 0, high = FigureSpec.Number(marker, "cmax") ?? 1;
        foreach ((double value, string text) in FigureSpec.Numbers(bar, "tickvals").Zip(FigureSpec.Words(bar, "ticktext")))
            svg.Text(x + 20, Place((value - low) / (high - low)) + 4, text, "start");
        svg.Text(x - 4, top - 9, FigureSpec.Word(bar, "title", "text") ?? "", "start", size: 11);
    }

    private static void Equalize(PlotAxis across, PlotAxis up, double width, double height)
    {
        double ratio = (across.High - across.Low) / width / ((up.High - up.Low) / height);
        if (ratio > 1)
            up.Stretch(ratio);
        else
            across.Stretch(1 / ratio);
    }

    private static bool IsListed(JsonElement trace) => FigureSpec.Part(trace, "showlegend") is not { ValueKind: JsonValueKind.False };

    private static bool IsDashed(JsonElement trace) => FigureSpec.Word(trace, "line", "dash") is not null;

    private static string Mode(JsonElement trace) => FigureSpec.Word(trace, "mode") ?? "lines";

    private static string ColorOf(JsonElement trace)
        => (Mode(trace).Contains("lines", StringComparison.Ordinal) ? FigureSpec.Word(trace, "line", "color") : null)
            ?? FigureSpec.Word(trace, "marker", "color") ?? FigureSpec.Word(trace, "line", "color") ?? "--text";
}
