using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Bars in groups, a group for each category.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="XLabel">What the categories are.</param>
/// <param name="YLabel">Label of the ordinate, with its unit.</param>
/// <param name="Categories">Their names.</param>
/// <param name="Series">The bars of each group, from left to right.</param>
public sealed record BarFigure(
    string Title, string Caption, string XLabel, string YLabel, IReadOnlyList<string> Categories, IReadOnlyList<Bars> Series)
    : Figure(Title, Caption, 300)
{
    // The part of the room between two categories that bars fill, and the gap between two bars of a group in parts of a bar.
    private const double Filled = 0.76, Gap = 0.12;

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        double slot = Filled / Series.Count;
        for (int s = 0; s < Series.Count; s++)
        {
            List<double> x = [], y = [];
            for (int k = 0; k < Categories.Count; k++)
            {
                double value = Series[s].Values[k];
                if (!double.IsFinite(value))
                    continue;
                double left = k - (Filled / 2) + ((s + (Gap / 2)) * slot), right = left + ((1 - Gap) * slot);
                // Rectangles of one trace, gaps between them.
                x.AddRange([left, left, right, right, left, double.NaN]);
                y.AddRange([0, value, value, 0, 0, double.NaN]);
            }
            json.WriteStartObject();
            json.WriteString("type", "scatter");
            json.WriteString("name", PlaneLayout.Plain(Series[s].Name));
            json.WriteString("mode", "lines");
            json.WriteString("fill", "toself");
            json.WriteString("hoveron", "points");
            json.WriteString("hovertemplate", "%{y:.4g}");
            json.WriteStartObject("line");
            json.WriteString("color", Series[s].Color);
            json.WriteNumber("width", 1.2);
            json.WriteEndObject();
            WriteNumbers(json, "x", x);
            WriteNumbers(json, "y", y);
            json.WriteEndObject();
        }
    }

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        PlaneLayout.StartAxis(json, "xaxis", XLabel, logarithmic: false);
        json.WriteString("tickmode", "array");
        WriteNumbers(json, "tickvals", Enumerable.Range(0, Categories.Count).Select(k => (double)k));
        json.WriteStartArray("ticktext");
        foreach (string category in Categories)
            json.WriteStringValue(Markup.Escape(category));
        json.WriteEndArray();
        json.WriteBoolean("showgrid", false);
        WriteNumbers(json, "range", [-0.5, Categories.Count - 0.5]);
        json.WriteEndObject();
        PlaneLayout.StartAxis(json, "yaxis", YLabel, logarithmic: false);
        json.WriteString("rangemode", "tozero");
        json.WriteEndObject();
        PlaneLayout.WriteMargins(json);
        PlaneLayout.WriteLegend(json, Series.Count > 1);
    }
}
