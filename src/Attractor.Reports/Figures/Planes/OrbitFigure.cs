using System.Text.Json;

namespace Attractor.Reports;

/// <summary>An orbit in three dimensions, to be turned.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Color">A colour of the style sheet.</param>
/// <param name="Labels">The labels of the three axes.</param>
/// <param name="Points">The points, three values each.</param>
public sealed record OrbitFigure(string Title, string Caption, string Color, IReadOnlyList<string> Labels, IReadOnlyList<double[]> Points)
    : Figure(Title, Caption, 390)
{
    // How far beyond the box of the first figure, in boxes, another may stretch common axes.
    private const double Beyond = 1, Padding = 0.04;

    // What is less than this part of the axes in every direction is a dot, which as a line nobody would see.
    private const double Dot = 0.02;

    private const int NarrowHeight = 320;

    /// <summary>The ends of the three axes; those of the points if null.</summary>
    public IReadOnlyList<(double Low, double High)>? Ranges { get; init; }

    /// <summary>The figures with common axes, so that their sizes can be compared; what is far beyond the first one is cut off.</summary>
    public static IReadOnlyList<OrbitFigure> SharingAxes(IReadOnlyList<OrbitFigure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.Count == 0 || figures[0].Points.Count == 0)
            return figures;
        (double, double)[] ranges = [.. Enumerable.Range(0, 3).Select(d =>
        {
            (double low, double high) = Extent(figures[0], d);
            double room = Beyond * (high - low), least = low - room, most = high + room;
            foreach (OrbitFigure other in figures.Skip(1))
                if (Extent(other, d) is var (otherLow, otherHigh) && otherLow <= otherHigh)
                    (low, high) = (Math.Min(low, Math.Max(least, otherLow)), Math.Max(high, Math.Min(most, otherHigh)));
            double padding = Padding * (high - low);
            return (low - padding, high + padding);
        })];
        // A box is as wide as the figure is high: of three side by side each has less of the width.
        return [.. figures.Select(f => f with { Ranges = ranges, Height = figures.Count > 2 ? NarrowHeight : f.Height })];
    }

    private static (double Low, double High) Extent(OrbitFigure figure, int d)
    {
        double[] finite = [.. figure.Points.Select(p => p[d]).Where(double.IsFinite)];
        return finite.Length == 0 ? (double.PositiveInfinity, double.NegativeInfinity) : (finite.Min(), finite.Max());
    }

    /// <summary>What is drawn in place of the points as one line, with a legend; the points as one line if empty.</summary>
    public IReadOnlyList<OrbitPart> Parts { get; init; } = [];

    /// <summary>Points marked in the figure, with a legend.</summary>
    public IReadOnlyList<Mark> Marks { get; init; } = [];

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        if (Parts.Count == 0)
            WritePart(json, new(Title, Color, IsDot ? [Points[^1]] : Points) { Joined = !IsDot }, named: false);
        foreach (OrbitPart part in Parts)
            WritePart(json, part, named: true);
        foreach (Mark mark in Marks)
            WriteMark(json, mark);
    }

    private bool IsDot => Ranges is { } ranges && Points.Count > 0 && Enumerable.Range(0, 3).All(
        d => Extent(this, d) is var (low, high) && high - low >= 0 && high - low <= Dot * (ranges[d].High - ranges[d].Low));

    private static void WritePart(Utf8JsonWriter json, OrbitPart part, bool named)
    {
        json.WriteStartObject();
        json.WriteString("type", "scatter3d");
        json.WriteString("mode", part.Joined ? "lines" : "markers");
        json.WriteString("name", PlaneLayout.Plain(part.Name));
        json.WriteString("hoverinfo", named ? "name" : "skip");
        json.WriteNumber("opacity", part.Opacity);
        json.WriteStartObject(part.Joined ? "line" : "marker");
        json.WriteString("color", part.Color);
        json.WriteNumber(part.Joined ? "width" : "size", named ? 2.5 : part.Joined ? 1.6 : 5);
        json.WriteEndObject();
        WriteNumbers(json, "x", part.Points.Select(p => p[0]));
        WriteNumbers(json, "y", part.Points.Select(p => p[1]));
        WriteNumbers(json, "z", part.Points.Select(p => p[2]));
        json.WriteBoolean("showlegend", named);
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, Mark mark)
    {
        IEnumerable<double[]> points = mark.Joined ? mark.Points.Append(mark.Points[0]) : mark.Points;
        json.WriteStartObject();
        json.WriteString("type", "scatter3d");
        json.WriteString("mode", mark.Joined ? "lines+markers" : "markers");
        json.WriteString("name", PlaneLayout.Plain(mark.Name));
        json.WriteString("hoverinfo", "name");
        json.WriteStartObject("marker");
        json.WriteString("color", mark.Color);
        json.WriteNumber("size", mark.Joined ? 4 : 6);
        json.WriteString("symbol", mark.Filled ? "circle" : "circle-open");
        json.WriteEndObject();
        json.WriteStartObject("line");
        json.WriteString("color", mark.Color);
        json.WriteNumber("width", 2);
        json.WriteEndObject();
        WriteNumbers(json, "x", points.Select(p => p[0]));
        WriteNumbers(json, "y", points.Select(p => p[1]));
        WriteNumbers(json, "z", points.Select(p => p[2]));
        json.WriteEndObject();
    }

    // By the data, plotly.js would take those of the trace, and two figures with the same axes would have boxes of different shapes.
    private void WriteAspect(Utf8JsonWriter json)
    {
        double[] sizes = Ranges is { } ranges ? [.. ranges.Select(r => r.High - r.Low)] : [];
        if (sizes.Length == 0 || !sizes.All(size => size > 0 && double.IsFinite(size)))
        {
            json.WriteString("aspectmode", "data");
            return;
        }
        double mean = Math.Cbrt(sizes[0]) * Math.Cbrt(sizes[1]) * Math.Cbrt(sizes[2]);
        json.WriteString("aspectmode", "manual");
        json.WriteStartObject("aspectratio");
        for (int d = 0; d < 3; d++)
            json.WriteNumber("xyz"[d].ToString(), sizes[d] / mean);
        json.WriteEndObject();
    }

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        json.WriteBoolean("showlegend", Marks.Count + Parts.Count > 0);
        json.WriteStartObject("legend");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 1);
        json.WriteEndObject();
        json.WriteStartObject("margin");
        foreach (string side in (string[])["l", "r", "t", "b"])
            json.WriteNumber(side, 0);
        json.WriteEndObject();
        json.WriteStartObject("scene");
        WriteAspect(json);
        for (int i = 0; i < 3; i++)
        {
            json.WriteStartObject("xyz"[i] + "axis");
            json.WriteStartObject("title");
            json.WriteString("text", PlaneLayout.Plain(Labels[i]));
            json.WriteEndObject();
            json.WriteString("gridcolor", "--grid");
            json.WriteString("zerolinecolor", "--grid");
            json.WriteBoolean("showbackground", false);
            json.WriteBoolean("showspikes", false);
            json.WriteNumber("nticks", 5);
            if (Ranges is { } ranges)
                WriteNumbers(json, "range", [ranges[i].Low, ranges[i].High]);
            json.WriteEndObject();
        }
        json.WriteStartObject("camera");
        json.WriteStartObject("eye");
        json.WriteNumber("x", 1.55);
        json.WriteNumber("y", -2.14);
        json.WriteNumber("z", 0.63);
        json.WriteEndObject();
        // The labels of the axes are below the box: without it a third of the figure above is empty.
        json.WriteStartObject("center");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 0);
        json.WriteNumber("z", -0.12);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
