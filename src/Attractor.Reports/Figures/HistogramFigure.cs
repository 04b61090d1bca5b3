using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Histograms over one another, and curves such as the density they should follow.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="XLabel">Label of the abscissa, with its unit.</param>
/// <param name="Histograms">The samples; the height of a bin is the part of the sample in it over its width, so
/// that samples of any size compare.</param>
public sealed record HistogramFigure(string Title, string Caption, string XLabel, IReadOnlyList<Histogram> Histograms)
    : Figure(Title, Caption, 300)
{
    /// <summary>Bins of equal width, the same for every sample.</summary>
    public int Bins { get; init; } = 40;

    /// <summary>
    /// From the left end of the first bin to the right end of the last; what lies outside counts and is not drawn. From the least to the
    /// largest of all numbers if null.
    /// </summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Label of the ordinate.</summary>
    public string YLabel { get; init; } = "density";

    /// <summary>Densities over them.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Whether the ordinate is logarithmic; an empty bin is then a gap.</summary>
    public bool LogY { get; init; }

    /// <summary>The ends of the bins, one more than there are bins.</summary>
    internal double[] Edges()
    {
        (double low, double high) = Range ?? (Finite().DefaultIfEmpty(0).Min(), Finite().DefaultIfEmpty(1).Max());
        if (!(high > low))
            (low, high) = (low - 0.5, low + 0.5);
        return [.. Enumerable.Range(0, Bins + 1).Select(i => low + ((high - low) * i / Bins))];

        IEnumerable<double> Finite() => Histograms.SelectMany(h => h.Sample).Where(double.IsFinite);
    }

    /// <summary>The heights of the bins.</summary>
    internal static double[] Heights(IReadOnlyList<double> sample, double[] edges)
    {
        int bins = edges.Length - 1;
        double[] heights = new double[bins];
        double low = edges[0], high = edges[^1], width = (high - low) / bins, each = 1 / (width * Math.Max(1, sample.Count));
        foreach (double x in sample)
            if (x >= low && x <= high)
                heights[Math.Min((int)((x - low) / width), bins - 1)] += each;
        return heights;
    }

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        double[] edges = Edges();
        foreach (Histogram histogram in Histograms)
        {
            double[] heights = Heights(histogram.Sample, edges);
            json.WriteStartObject();
            json.WriteString("type", "scatter");
            json.WriteString("name", PlaneLayout.Plain(histogram.Name));
            json.WriteString("mode", "lines");
            json.WriteStartObject("line");
            json.WriteString("color", histogram.Color);
            json.WriteNumber("width", 1.3);
            // A height holds from its edge to the next.
            json.WriteString("shape", "hv");
            json.WriteEndObject();
            if (!LogY)
            {
                json.WriteString("fill", "tozeroy");
                WriteNumbers(json, "x", [edges[0], .. edges]);
                WriteNumbers(json, "y", [0, .. heights, 0]);
            }
            else
            {
                WriteNumbers(json, "x", edges);
                WriteNumbers(json, "y", [.. heights.Append(heights[^1]).Select(h => h > 0 ? h : double.NaN)]);
            }
            json.WriteEndObject();
        }
        foreach (Curve curve in Curves)
            LineFigure.WriteCurve(json, curve);
    }

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        PlaneLayout.StartAxis(json, "xaxis", XLabel, logarithmic: false);
        json.WriteEndObject();
        PlaneLayout.StartAxis(json, "yaxis", YLabel, LogY);
        if (LogY)
            json.WriteNumber("dtick", 1);
        json.WriteEndObject();
        PlaneLayout.WriteMargins(json);
        PlaneLayout.WriteLegend(json, Histograms.Count + Curves.Count > 1);
    }
}
