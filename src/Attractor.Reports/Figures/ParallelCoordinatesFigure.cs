using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Points of many coordinates as lines that cross an axis for each of them.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Axes">The axes, from left to right.</param>
/// <param name="Lines">
/// Each with its name, its colour of the style sheet and its place on every axis, from 0 at the lower end to 1; NaN where it has none.
/// The last lie on top.
/// </param>
public sealed record ParallelCoordinatesFigure(
    string Title,
    string Caption,
    IReadOnlyList<ParallelAxis> Axes,
    IReadOnlyList<(string Name, string Color, IReadOnlyList<double> Places)> Lines)
    : Figure(Title, Caption, 340)
{
    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        for (int k = 0; k < Axes.Count; k++)
            LineFigure.WriteCurve(json, new("", "--grid", [k, k], [0, 1]) { Size = 1 });
        foreach ((string name, string color, IReadOnlyList<double> places) in Lines)
            LineFigure.WriteCurve(
                json, new(name, color, [.. Enumerable.Range(0, Axes.Count).Select(k => (double)k)], places) { Size = 1.4 });
    }

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        PlaneLayout.StartAxis(json, "xaxis", "", logarithmic: false);
        json.WriteString("tickmode", "array");
        WriteNumbers(json, "tickvals", Enumerable.Range(0, Axes.Count).Select(k => (double)k));
        WriteStrings(json, "ticktext", Axes.Select(a => Markup.Escape(a.Name)));
        json.WriteBoolean("showgrid", false);
        WriteNumbers(json, "range", [-0.3, Axes.Count - 0.7]);
        json.WriteEndObject();
        PlaneLayout.StartAxis(json, "yaxis", "", logarithmic: false);
        json.WriteBoolean("showticklabels", false);
        json.WriteBoolean("showgrid", false);
        json.WriteBoolean("zeroline", false);
        WriteNumbers(json, "range", [-0.12, 1.12]);
        json.WriteEndObject();
        PlaneLayout.WriteMargins(json);
        PlaneLayout.WriteLegend(json, false);
        json.WriteStartArray("annotations");
        for (int k = 0; k < Axes.Count; k++)
        {
            WriteEnd(json, k, -0.07, Axes[k].Low);
            WriteEnd(json, k, 1.07, Axes[k].High);
        }
        json.WriteEndArray();
    }

    private static void WriteEnd(Utf8JsonWriter json, int axis, double place, string text)
    {
        json.WriteStartObject();
        json.WriteNumber("x", axis);
        json.WriteNumber("y", place);
        json.WriteBoolean("showarrow", false);
        json.WriteString("text", Markup.Escape(text));
        json.WriteEndObject();
    }
}
