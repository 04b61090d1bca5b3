using System.Net;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Draws the figure of a page: curves, bars, bands and dots in a plane, orbits in space as they are first seen.</summary>
internal static class FigureDrawing
{
    private const double LeastLeft = 66, TitleRoom = 30, Right = 14, Bottom = 50;
    private const double LegendLine = 18, Swatch = 22;

    // About: without a font at hand nothing measures it.
    private const double LetterWidth = 6.3, LetterHeight = 13;

    /// <summary>Draws it.</summary>
    /// <param name="sheet">What on.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="width">Width of the sheet in pixels.</param>
    /// <param name="height">Its height.</param>
    public static void Draw(IDrawing sheet, FigureSpec figure, double width, double height)
    {
        if (figure.IsSpatial)
            SceneDrawing.Draw(sheet, figure, width, height);
        else
            DrawPlane(sheet, figure, width, height);
    }

    /// <summary>What the curves are called, in lines from a corner on.</summary>
    /// <returns>The height that it takes.</returns>
    public static double DrawLegend(IDrawing sheet, FigureSpec figure, double left, double right, double top, bool below)
    {
        double x = left, y = top + LegendLine - 5;
        // What a vertical line says stands here too: at the line it would lie over curves.
        string[] lines = below
            ? []
            : [.. Entries(figure, "annotations").Where(IsOfLine).Select(note => FigureSpec.Word(note, "text") ?? "")];
        JsonElement[] listed =
            figure.Layout("showlegend") is { ValueKind: JsonValueKind.True } ? [.. figure.Traces.Where(IsListed)] : [];
        if (lines.Length + listed.Length == 0)
            return 0;
        foreach (JsonElement trace in listed)
        {
            double at = Entry(FigureSpec.Word(trace, "name") ?? "");
            string color = ColorOf(trace);
            if (Mode(trace).Contains("lines", StringComparison.Ordinal))
                sheet.Line(at, y - 4, at + Swatch - 4, y - 4, color, 2, IsDashed(trace));
            else
                sheet.Symbol(
                    at + 9, y - 4, 7, FigureSpec.Word(trace, "marker", "symbol"), color, FigureSpec.Word(trace, "marker", "line", "color"));
        }
        foreach (string line in lines)
        {
            double at = Entry(line);
            sheet.Line(at + 9, y - 11, at + 9, y + 2, "--faint", 1.2, dashed: true);
        }
        return y + 5 - top;

        double Entry(string name)
        {
            double needed = Swatch + 14 + (LetterWidth * WebUtility.HtmlDecode(name).Length);
            if (x > left && (below || x + needed > right))
                (x, y) = (left, y + LegendLine);
            sheet.Text(x + Swatch, y, name, "start");
            x += needed;
            return x - needed;
        }
    }

    private static void DrawPlane(IDrawing sheet, FigureSpec figure, double width, double height)
    {
        PlotAxis across = PlotAxis.Of(figure, "xaxis"), up = PlotAxis.Of(figure, "yaxis");
        // What stands turned beside long labels stands clear of them.
        double left = Math.Max(LeastLeft, Math.Min(TitleRoom + (LetterWidth * up.LongestLabel), width / 3));
        bool hasScale = figure.Traces.Any(t => FigureSpec.Part(t, "marker", "showscale") is not null);
        double right = width - Right - (hasScale ? 74 : 0), top = 10 + DrawLegend(sheet, figure, left, right, 2, below: false);
        double bottom = height - Bottom;
        if (figure.Layout("yaxis") is { } layout && FigureSpec.Word(layout, "scaleanchor") is not null)
            Equalize(across, up, right - left, bottom - top);
        double X(double value) => left + (across.At(value) * (right - left));
        double Y(double value) => bottom - (up.At(value) * (bottom - top));
        double PlaceX(double place) => left + (across.AtPlace(place) * (right - left));
        double PlaceY(double place) => bottom - (up.AtPlace(place) * (bottom - top));

        // Between two labels a blank of two letters.
        int stride = across.LabelStride(right - left, LetterWidth * (2 + across.LongestLabel));
        foreach ((int index, (double place, string text)) in across.Ticks.Index())
        {
            if (across.HasGrid)
                sheet.Line(PlaceX(place), top, PlaceX(place), bottom, "--grid");
            if (index % stride == 0)
                sheet.Text(PlaceX(place), bottom + 16, text);
        }
        int rise = up.LabelStride(bottom - top, LetterHeight);
        foreach ((int index, (double place, string text)) in up.Ticks.Index())
        {
            if (up.HasGrid)
                sheet.Line(left, PlaceY(place), right, PlaceY(place), "--grid");
            if (index % rise == 0)
                sheet.Text(left - 6, PlaceY(place) + 4, text, "end");
        }
        sheet.Text((left + right) / 2, height - 10, across.Title);
        sheet.Text(15, (top + bottom) / 2, up.Title, turn: -90);
        sheet.BeginPlot(left, top, right - left, bottom - top);
        foreach (JsonElement trace in figure.Traces)
            if (FigureSpec.Part(trace, "marker", "showscale") is null)
                DrawTrace(sheet, trace, X, Y, bottom);
        DrawMarks(sheet, figure, PlaceX, PlaceY, top, bottom);
        sheet.EndPlot();
        sheet.Line(left, bottom, right, bottom, "--faint");
        sheet.Line(left, top, left, bottom, "--faint");
        if (hasScale)
            DrawScale(sheet, figure.Traces.First(t => FigureSpec.Part(t, "marker", "showscale") is not null), right + 16, top + 24, bottom);
    }

    private static void DrawTrace(IDrawing sheet, JsonElement trace, Func<double, double> x, Func<double, double> y, double bottom)
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
                sheet.Path([.. path], line, fill is null ? 0 : 0.5, fill ?? line, fill is null ? 0.35 : 1);
                if (kind == "toself" && fill is not null)
                    return;
            }
            sheet.Path([.. path], line, FigureSpec.Number(trace, "line", "width") ?? 1.5, dashed: IsDashed(trace));
        }
        double[] above = Error(trace, "array"), below = Error(trace, "arrayminus") is { Length: > 0 } own ? own : above;
        double[] values = FigureSpec.Numbers(trace, "y");
        for (int i = 0; i < above.Length && i < points.Length; i++)
            if (double.IsFinite(points[i].X) && y(values[i] + above[i]) is var high && double.IsFinite(high))
                sheet.Line(
                    points[i].X, high, points[i].X, y(values[i] - below[i]) is var low && double.IsFinite(low) ? low : bottom,
                    FigureSpec.Word(trace, "error_y", "color") ?? line, 1.2);
        if (!Mode(trace).Contains("markers", StringComparison.Ordinal))
            return;
        JsonElement marker = FigureSpec.Part(trace, "marker") ?? default;
        string[] colors = FigureSpec.Words(marker, "color");
        for (int i = 0; i < points.Length; i++)
            if (double.IsFinite(points[i].X) && double.IsFinite(points[i].Y))
                sheet.Symbol(
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

    private static void DrawMarks(
        IDrawing sheet, FigureSpec figure, Func<double, double> x, Func<double, double> y, double top, double bottom)
    {
        foreach (JsonElement shape in Entries(figure, "shapes"))
            if (FigureSpec.Number(shape, "x0") is { } place)
                sheet.Line(x(place), top, x(place), bottom, FigureSpec.Word(shape, "line", "color") ?? "--faint", 1.2, dashed: true);
        foreach (JsonElement note in Entries(figure, "annotations"))
            if (!IsOfLine(note) && FigureSpec.Number(note, "x") is { } across && FigureSpec.Number(note, "y") is { } up)
                sheet.Text(x(across), y(up) + 4, FigureSpec.Word(note, "text") ?? "");
    }

    private static JsonElement[] Entries(FigureSpec figure, string name)
        => figure.Layout(name) is { ValueKind: JsonValueKind.Array } entries ? [.. entries.EnumerateArray()] : [];

    private static void DrawScale(IDrawing sheet, JsonElement trace, double x, double top, double bottom)
    {
        JsonElement marker = FigureSpec.Part(trace, "marker")!.Value;
        JsonElement[] stops = [.. FigureSpec.Part(marker, "colorscale")!.Value.EnumerateArray()];
        double Place(double part) => bottom - (part * (bottom - top));
        for (int i = 0; i + 1 < stops.Length; i += 2)
        {
            double from = Place(stops[i + 1][0].GetDouble()), to = Place(stops[i][0].GetDouble());
            sheet.Rectangle(x, from, 14, to - from, stops[i][1].GetString()!);
        }
        JsonElement bar = FigureSpec.Part(marker, "colorbar") ?? default;
        double low = FigureSpec.Number(marker, "cmin") ?? 0, high = FigureSpec.Number(marker, "cmax") ?? 1;
        foreach ((double value, string text) in FigureSpec.Numbers(bar, "tickvals").Zip(FigureSpec.Words(bar, "ticktext")))
            sheet.Text(x + 20, Place((value - low) / (high - low)) + 4, text, "start");
        sheet.Text(x - 4, top - 9, FigureSpec.Word(bar, "title", "text") ?? "", "start", size: 11);
    }

    private static void Equalize(PlotAxis across, PlotAxis up, double width, double height)
    {
        double ratio = (across.High - across.Low) / width / ((up.High - up.Low) / height);
        if (ratio > 1)
            up.Stretch(ratio);
        else
            across.Stretch(1 / ratio);
    }

    // A line from the foot of the plot to its head has its label at the foot.
    private static bool IsOfLine(JsonElement note) => FigureSpec.Word(note, "yref") == "paper" && FigureSpec.Number(note, "y") == 0;

    private static bool IsListed(JsonElement trace) => FigureSpec.Part(trace, "showlegend") is not { ValueKind: JsonValueKind.False };

    private static bool IsDashed(JsonElement trace) => FigureSpec.Word(trace, "line", "dash") is not null;

    private static string Mode(JsonElement trace) => FigureSpec.Word(trace, "mode") ?? "lines";

    private static string ColorOf(JsonElement trace)
        => (Mode(trace).Contains("lines", StringComparison.Ordinal) ? FigureSpec.Word(trace, "line", "color") : null)
            ?? FigureSpec.Word(trace, "marker", "color") ?? FigureSpec.Word(trace, "line", "color") ?? "--text";
}
