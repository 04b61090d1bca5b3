using System.Globalization;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>A positive quantity over a plane, in bands between powers of ten, with curves and points over it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="XLabel">Label of the abscissa, with its unit.</param>
/// <param name="YLabel">Label of the ordinate, with its unit.</param>
/// <param name="Quantity">What the colours are, with its unit.</param>
/// <param name="X">C abscissae, ascending.</param>
/// <param name="Y">R ordinates, ascending.</param>
/// <param name="Values">R x C values, row by row; what is not finite counts as above all bands, 0 as below.</param>
/// <remarks>
/// The bands are closed paths over each other, those of larger values on top: plotly's own contours are
/// not in the part of it that reports embed.
/// </remarks>
public sealed record ContourFigure(
    string Title,
    string Caption,
    string XLabel,
    string YLabel,
    string Quantity,
    IReadOnlyList<double> X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double> Values) : Figure(Title, Caption, 460)
{
    // Beyond what a logarithm may be, on either side.
    private const double Beyond = 400;

    /// <summary>The exponents of the lowest and of the highest level: below and above there is one band each.</summary>
    public (int Lowest, int Highest) Decades { get; init; } = (0, 8);

    /// <summary>Levels in a factor of ten.</summary>
    public int LevelsPerDecade { get; init; } = 2;

    /// <summary>What is drawn over the bands.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>The exponents of all levels, ascending.</summary>
    internal double[] Levels
        => [.. Enumerable.Range(0, ((Decades.Highest - Decades.Lowest) * LevelsPerDecade) + 1).Select(
            i => Decades.Lowest + ((double)i / LevelsPerDecade))];

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        double[] levels = Levels, logs = [.. Values.Select(v => double.IsFinite(v) ? Math.Max(-Beyond, Math.Log10(v)) : Beyond)];
        (double x0, double x1, double y0, double y1) = (X[0], X[^1], Y[0], Y[^1]);
        WriteBand(json, ColorScale.Of(0), [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]);
        for (int i = 0; i < levels.Length; i++)
        {
            List<(double X, double Y)> paths = [.. Isoline.Around(X, Y, logs, levels[i])];
            if (paths.Count > 0)
                WriteBand(json, ColorScale.Of((i + 1.0) / levels.Length), paths);
        }
        WriteColorBar(json, levels);
        foreach (Curve curve in Curves)
            LineFigure.WriteCurve(json, curve);
    }

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        WriteAxis(json, "xaxis", XLabel, X);
        WriteAxis(json, "yaxis", YLabel, Y);
        PlaneLayout.WriteMargins(json);
        PlaneLayout.WriteLegend(json, Curves.Count > 0);
        json.WriteString("hovermode", "closest");
    }

    private static void WriteAxis(Utf8JsonWriter json, string name, string label, IReadOnlyList<double> values)
    {
        PlaneLayout.StartAxis(json, name, label, logarithmic: false);
        WriteNumbers(json, "range", [values[0], values[^1]]);
        json.WriteBoolean("showgrid", false);
        json.WriteString("ticks", "outside");
        json.WriteString("tickcolor", "--line");
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, string color, IReadOnlyList<(double X, double Y)> paths)
    {
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("mode", "lines");
        json.WriteString("fill", "toself");
        json.WriteString("fillcolor", color);
        json.WriteString("hoverinfo", "skip");
        json.WriteBoolean("showlegend", false);
        json.WriteStartObject("line");
        json.WriteString("color", color);
        json.WriteNumber("width", 0.5);
        json.WriteEndObject();
        WriteNumbers(json, "x", paths.Select(p => p.X));
        WriteNumbers(json, "y", paths.Select(p => p.Y));
        json.WriteEndObject();
    }

    // A scale belongs to dots: here to one that lies outside of the axes.
    private void WriteColorBar(Utf8JsonWriter json, double[] levels)
    {
        double step = 1.0 / LevelsPerDecade, low = levels[0] - step, high = levels[^1] + step;
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("mode", "markers");
        json.WriteString("hoverinfo", "skip");
        json.WriteBoolean("showlegend", false);
        WriteNumbers(json, "x", [X[0] - (10 * (X[^1] - X[0]))]);
        WriteNumbers(json, "y", [Y[0]]);
        json.WriteStartObject("marker");
        WriteNumbers(json, "color", [low]);
        WriteNumbers(json, "size", [0]);
        json.WriteNumber("cmin", low);
        json.WriteNumber("cmax", high);
        json.WriteBoolean("showscale", true);
        json.WriteStartArray("colorscale");
        for (int i = 0; i <= levels.Length; i++)
            foreach (int end in (int[])[i, i + 1])
            {
                json.WriteStartArray();
                json.WriteNumberValue((double)end / (levels.Length + 1));
                json.WriteStringValue(ColorScale.Of((double)i / levels.Length));
                json.WriteEndArray();
            }
        json.WriteEndArray();
        json.WriteStartObject("colorbar");
        json.WriteStartObject("title");
        json.WriteString("text", PlaneLayout.Plain(Quantity));
        json.WriteString("side", "top");
        json.WriteEndObject();
        json.WriteNumber("thickness", 14);
        json.WriteNumber("outlinewidth", 0);
        json.WriteString("tickmode", "array");
        int[] decades = [.. Enumerable.Range(Decades.Lowest, Decades.Highest - Decades.Lowest + 1)];
        WriteNumbers(json, "tickvals", decades.Select(d => (double)d));
        WriteStrings(json, "ticktext", decades.Select(PowerOfTen));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string PowerOfTen(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => string.Create(CultureInfo.InvariantCulture, $"10<sup>{(exponent < 0 ? "\u2212" : "")}{Math.Abs(exponent)}</sup>"),
    };
}
