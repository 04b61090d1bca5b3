using System.Globalization;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>Curves over linear or logarithmic axes.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="XLabel">Label of the abscissa, with its unit.</param>
/// <param name="YLabel">Label of the ordinate, with its unit.</param>
/// <param name="Curves">What is drawn.</param>
public sealed record LineFigure(string Title, string Caption, string XLabel, string YLabel, IReadOnlyList<Curve> Curves)
    : Figure(Title, Caption, 300)
{
    private const int MostDecadesLabelled = 6;
    private const double ShortDecades = 3;

    // Of a name inside the plane, as parts of a phone's.
    private const double LetterWidth = 0.045, LetterHeight = 0.075;

    // As far as plotly.js goes about a single value.
    private const double Far = 10;

    private static readonly int[] s_steps = [1, 2, 5];

    /// <summary>Whether the abscissa is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the ordinate is logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>
    /// A power of ten up to which a symmetric logarithmic ordinate is linear, on both sides of 0, to be
    /// logarithmic beyond; null for another ordinate.
    /// </summary>
    public double? SymmetricLogY { get; init; }

    /// <summary>Whether one unit is as long on both axes.</summary>
    public bool EqualAspect { get; init; }

    /// <summary>Positions to label on the abscissa; plotly's choice if null.</summary>
    public IReadOnlyList<double>? XTicks { get; init; }

    /// <summary>A vertical line with a label, if any.</summary>
    public (double X, string Label)? Mark { get; init; }

    private protected override void WriteTraces(Utf8JsonWriter json)
    {
        foreach (Curve curve in Curves)
            WriteCurve(json, curve, SymmetricLogY is { } threshold ? new(threshold) : null);
        WriteNames(json, [.. Curves.Where(c => c.NamedInside && c.X.Count > 0)]);
    }

    // At the medians of the points, or beside each other there: after all points, so that none is above a name.
    private static void WriteNames(Utf8JsonWriter json, Curve[] named)
    {
        if (named.Length == 0)
            return;
        double width = LetterWidth * named.Max(c => c.Name.Length) * Range(named.SelectMany(c => c.X)),
            height = LetterHeight * Range(named.SelectMany(c => c.Y));
        (double X, double Y)[] places = LabelPlaces.Parted([.. named.Select(c => (Median(c.X), Median(c.Y)))], width, height);
        for (int i = 0; i < named.Length; i++)
            WriteName(json, named[i].Name, places[i]);
    }

    private static void WriteName(Utf8JsonWriter json, string name, (double X, double Y) place)
    {
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("mode", "text");
        json.WriteBoolean("showlegend", false);
        json.WriteString("hoverinfo", "skip");
        WriteNumbers(json, "x", [place.X]);
        WriteNumbers(json, "y", [place.Y]);
        WriteStrings(json, "text", [PlaneLayout.Plain(name)]);
        json.WriteStartObject("textfont");
        json.WriteNumber("size", 20);
        json.WriteNumber("weight", 700);
        json.WriteString("color", "--text");
        json.WriteString("shadow", "auto");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static double Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? 0 : finite.Max() - finite.Min();
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        WriteAxis(json, "xaxis", XLabel, LogX, XTicks);
        if (SymmetricLogY is { } threshold)
            WriteSymmetricAxis(json, new(threshold));
        else
            WriteAxis(json, "yaxis", YLabel, LogY, null);
        PlaneLayout.WriteMargins(json);
        PlaneLayout.WriteLegend(json, Curves.Count > 1, dots: Curves.All(c => c.Style == CurveStyle.Dots));
        if (Mark is var (x, label))
            WriteMark(json, x, LogX, label);
    }

    internal static void WriteCurve(Utf8JsonWriter json, Curve curve, SymmetricLog? ordinate = null)
    {
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("name", PlaneLayout.Plain(curve.Name));
        json.WriteString("mode", curve.Style switch { CurveStyle.Lines => "lines", CurveStyle.Dots => "markers", _ => "lines+markers" });
        json.WriteStartObject("line");
        json.WriteString("color", curve.Color);
        json.WriteNumber("width", curve.Size);
        if (curve.Dashed)
            json.WriteString("dash", "dash");
        json.WriteEndObject();
        json.WriteStartObject("marker");
        if (curve.Colors is null)
            json.WriteString("color", curve.Color);
        else
            WriteStrings(json, "color", curve.Colors);
        json.WriteNumber("size", curve.Style == CurveStyle.Dots ? curve.Size : 6);
        if (curve.Outline is not null)
        {
            json.WriteStartObject("line");
            json.WriteString("color", curve.Outline);
            json.WriteNumber("width", 1.5);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        WriteNumbers(json, "x", curve.X);
        WriteNumbers(json, "y", ordinate is { } axis ? curve.Y.Select(axis.Place) : curve.Y);
        if (ordinate is not null)
        {
            WriteStrings(json, "text", curve.Y.Select(v => v.ToString("G4", CultureInfo.InvariantCulture)));
            json.WriteString("hovertemplate", "%{x}, %{text}");
        }
        if (curve.Error is not null)
        {
            json.WriteStartObject("error_y");
            json.WriteString("type", "data");
            WriteNumbers(json, "array", curve.Error);
            if (curve.ErrorBelow is not null)
            {
                json.WriteBoolean("symmetric", false);
                WriteNumbers(json, "arrayminus", curve.ErrorBelow);
            }
            if (curve.Colors is not null)
                json.WriteString("color", "--faint");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteAxis(Utf8JsonWriter json, string name, string label, bool logarithmic, IReadOnlyList<double>? ticks)
    {
        PlaneLayout.StartAxis(json, name, label, logarithmic);
        if (logarithmic)
        {
            // Left to itself plotly labels every digit of a short axis, and 2 and 5 in small print of a longer one.
            double decades = Decades(name == "xaxis");
            if (decades >= ShortDecades)
                json.WriteNumber("dtick", Math.Ceiling(decades / MostDecadesLabelled));
            else
                ticks ??= OneTwoFive(name == "xaxis");
        }
        if (ticks is not null)
        {
            json.WriteString("tickmode", "array");
            WriteNumbers(json, "tickvals", ticks);
            WriteStrings(json, "ticktext", ticks.Select(Label));
        }
        if (EqualAspect && name == "yaxis")
        {
            json.WriteString("scaleanchor", "x");
            json.WriteString("constrain", "domain");
        }
        json.WriteEndObject();
    }

    private void WriteSymmetricAxis(Utf8JsonWriter json, SymmetricLog axis)
    {
        PlaneLayout.StartAxis(json, "yaxis", YLabel, logarithmic: false);
        double[] values = [.. Curves.SelectMany(c => c.Y).Where(double.IsFinite)];
        (double[] places, string[] labels) = axis.Ticks(values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(0).Max());
        json.WriteString("tickmode", "array");
        WriteNumbers(json, "tickvals", places);
        WriteStrings(json, "ticktext", labels);
        json.WriteEndObject();
    }

    private double[] Positive(bool x) => [.. Curves.SelectMany(c => x ? c.X : c.Y).Where(v => v > 0 && double.IsFinite(v))];

    // 1, 2 and 5 times the powers of ten within reach of the values, farther where all are the same and the axis is a wide one; null
    // where there would be too few of them to read the axis by.
    private double[]? OneTwoFive(bool x)
    {
        double[] values = Positive(x);
        if (values.Length == 0)
            return null;
        (double low, double high) = (values.Min(), values.Max());
        double reach = low == high ? Far : 1.3;
        return OneTwoFive(low / reach, high * reach) is { Length: > 1 } ticks ? ticks : null;
    }

    private static double[] OneTwoFive(double low, double high) =>
        [.. Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(e => s_steps.Select(m => double.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{m}e{e}"), CultureInfo.InvariantCulture)))
            .Where(t => t >= low && t <= high)];

    private static string Label(double value)
        => value.ToString(Math.Abs(value) is >= 1e-4 and < 1e6 or 0 ? "0.######" : "0.##e0", CultureInfo.InvariantCulture);

    private double Decades(bool x)
    {
        double[] values = Positive(x);
        return values.Length == 0 ? 0 : Math.Log10(values.Max() / values.Min());
    }

    // On a logarithmic axis plotly.js takes places of shapes as they are, and of words their logarithms.
    private static void WriteMark(Utf8JsonWriter json, double x, bool isLog, string label)
    {
        json.WriteStartArray("shapes");
        json.WriteStartObject();
        json.WriteString("type", "line");
        json.WriteNumber("x0", x);
        json.WriteNumber("x1", x);
        json.WriteString("yref", "paper");
        json.WriteNumber("y0", 0);
        json.WriteNumber("y1", 1);
        json.WriteStartObject("line");
        json.WriteString("color", "--faint");
        json.WriteNumber("width", 1.2);
        json.WriteString("dash", "dash");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("annotations");
        json.WriteStartObject();
        json.WriteNumber("x", isLog ? Math.Log10(x) : x);
        json.WriteString("yref", "paper");
        json.WriteNumber("y", 0);
        json.WriteString("yanchor", "bottom");
        json.WriteString("xanchor", "left");
        json.WriteNumber("xshift", 3);
        json.WriteString("bgcolor", "--page");
        json.WriteBoolean("showarrow", false);
        json.WriteString("text", Markup.Escape(label));
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
