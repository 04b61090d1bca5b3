using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Draws orbits in space in parallel projection, from where the page shows them first.</summary>
internal static class SceneDrawing
{
    private const double Margin = 34, Inset = 0.07;

    private static readonly string[] s_axes = ["x", "y", "z"];

    // The edges of a box by its corners, whose bits say on which side of each axis they are.
    private static readonly (int From, int To)[] s_edges =
        [.. Enumerable.Range(0, 8).SelectMany(c => Enumerable.Range(0, 3).Where(d => (c >> d & 1) == 0).Select(d => (c, c | 1 << d)))];

    /// <summary>Draws the figure.</summary>
    public static void Draw(IDrawing sheet, FigureSpec figure, double width, double height)
    {
        JsonElement scene = figure.Layout("scene")!.Value;
        (double Low, double High)[] ends = [.. s_axes.Select(axis => Ends(figure, scene, axis))];
        double[] sizes = [.. ends.Select(e => e.High - e.Low)];
        double[] aspect = FigureSpec.Part(scene, "aspectratio") is { } ratio
            ? [.. s_axes.Select(axis => FigureSpec.Number(ratio, axis) ?? 1)]
            : sizes;
        Camera camera = Camera.Of(scene);
        double[] box = [.. aspect.Select(a => a / aspect.Max())];
        (double X, double Y)[] corners =
            [.. Enumerable.Range(0, 8).Select(c => camera.Project([.. box.Select((b, d) => b * ((c >> d & 1) - 0.5))]))];
        double scale = Math.Min(
            (width - (2 * Margin)) / (corners.Max(c => c.X) - corners.Min(c => c.X)),
            (height - (2 * Margin)) / (corners.Max(c => c.Y) - corners.Min(c => c.Y)));
        double middleX = (corners.Max(c => c.X) + corners.Min(c => c.X)) / 2, middleY = (corners.Max(c => c.Y) + corners.Min(c => c.Y)) / 2;
        (double X, double Y) Screen((double X, double Y) p)
            => ((width / 2) + (scale * (p.X - middleX)), (height / 2) - (scale * (p.Y - middleY)));
        (double X, double Y) Point(double[] value)
            => Screen(camera.Project([.. value.Select((v, d) => box[d] * (((v - ends[d].Low) / sizes[d]) - 0.5))]));

        foreach ((int from, int to) in s_edges)
            sheet.Line(Screen(corners[from]).X, Screen(corners[from]).Y, Screen(corners[to]).X, Screen(corners[to]).Y, "--line");
        for (int d = 0; d < 3; d++)
            Label(sheet, d, figure, scene, corners, Screen, ends[d], (width / 2, height / 2));
        foreach (JsonElement trace in figure.Traces)
            DrawTrace(sheet, trace, Point);
        FigureDrawing.DrawLegend(sheet, figure, 8, width, 2, below: true);
    }

    private static void DrawTrace(IDrawing sheet, JsonElement trace, Func<double[], (double X, double Y)> place)
    {
        double[][] columns = [.. s_axes.Select(axis => FigureSpec.Numbers(trace, axis))];
        int count = columns.Min(c => c.Length);
        (double X, double Y)[] points = [.. Enumerable.Range(0, count).Select(i => place([.. columns.Select(c => c[i])]))];
        string mode = FigureSpec.Word(trace, "mode") ?? "lines";
        if (mode.Contains("lines", StringComparison.Ordinal))
            sheet.Path(
                points, FigureSpec.Word(trace, "line", "color") ?? "--text", 0.6 * (FigureSpec.Number(trace, "line", "width") ?? 1.5),
                opacity: FigureSpec.Number(trace, "opacity") ?? 1);
        if (!mode.Contains("markers", StringComparison.Ordinal))
            return;
        JsonElement marker = FigureSpec.Part(trace, "marker") ?? default;
        foreach ((double x, double y) in points)
            if (double.IsFinite(x) && double.IsFinite(y))
                sheet.Symbol(
                    x, y, FigureSpec.Number(marker, "size") ?? 5, FigureSpec.Word(marker, "symbol"),
                    FigureSpec.Word(marker, "color") ?? "--text", null);
    }

    // Along the edge of the box that is lowest in the picture, of the third axis the one farthest to the left.
    private static void Label(
        IDrawing sheet,
        int axis,
        FigureSpec figure,
        JsonElement scene,
        (double X, double Y)[] corners,
        Func<(double X, double Y), (double X, double Y)> screen,
        (double Low, double High) ends,
        (double X, double Y) middle)
    {
        (int from, int to) = s_edges.Where(e => (e.From ^ e.To) == 1 << axis).MinBy(
            e => axis == 2 ? corners[e.From].X + corners[e.To].X : corners[e.From].Y + corners[e.To].Y);
        (double X, double Y) a = screen(corners[from]), b = screen(corners[to]), centre = ((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        double dx = centre.X - middle.X, dy = centre.Y - middle.Y, length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        (double X, double Y) outwards = axis == 2 ? (-1, 0) : (dx / length, Math.Abs(dy / length));
        sheet.Line(a.X, a.Y, b.X, b.Y, "--faint");
        string title = FigureSpec.Word(FigureSpec.Part(scene, s_axes[axis] + "axis") ?? default, "title", "text") ?? s_axes[axis];
        sheet.Text(centre.X + (18 * outwards.X), centre.Y + (18 * outwards.Y) + 4, title, axis == 2 ? "end" : "middle");
        // Away from the corners, where the labels of two axes would meet.
        foreach ((double value, double part) in (IEnumerable<(double, double)>)[(ends.Low, Inset), (ends.High, 1 - Inset)])
            sheet.Text(
                a.X + (part * (b.X - a.X)) + (10 * outwards.X),
                a.Y + (part * (b.Y - a.Y)) + (12 * outwards.Y) + 3,
                PlotAxis.Number(Rounded(value, ends)),
                axis == 2 ? "end" : "middle",
                "--faint",
                size: 10);
    }

    // To a tenth of the power of ten that is shown.
    private static double Rounded(double value, (double Low, double High) ends)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10(ends.High - ends.Low)) - 1);
        return Math.Round(value / step) * step;
    }

    private static (double Low, double High) Ends(FigureSpec figure, JsonElement scene, string axis)
    {
        if (FigureSpec.Part(scene, axis + "axis") is { } layout && FigureSpec.Numbers(layout, "range") is [var low, var high] && high > low)
            return (low, high);
        double[] values = [.. figure.Traces.SelectMany(t => FigureSpec.Numbers(t, axis)).Where(double.IsFinite)];
        (low, high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        return high > low ? (low, high) : (low - 0.5, low + 0.5);
    }

    private readonly record struct Camera((double X, double Y, double Z) Right, (double X, double Y, double Z) Up)
    {
        private const double Usual = 1.25;

        public static Camera Of(JsonElement scene)
        {
            JsonElement eye = FigureSpec.Part(scene, "camera", "eye") ?? default;
            double x = FigureSpec.Number(eye, "x") ?? Usual, y = FigureSpec.Number(eye, "y") ?? Usual;
            double z = FigureSpec.Number(eye, "z") ?? Usual;
            double flat = Math.Sqrt((x * x) + (y * y)), far = Math.Sqrt((x * x) + (y * y) + (z * z));
            return new((-y / flat, x / flat, 0), (-x * z / (flat * far), -y * z / (flat * far), flat / far));
        }

        public (double X, double Y) Project(double[] p) => (
            (Right.X * p[0]) + (Right.Y * p[1]) + (Right.Z * p[2]),
            (Up.X * p[0]) + (Up.Y * p[1]) + (Up.Z * p[2]));
    }
}
