using System.Text.Json;

namespace Attractor.Reports;

/// <summary>A figure in the plane of a mixture's positions.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Plane">The plane.</param>
internal abstract record MapFigure(string Title, string Caption, MapPlane Plane) : Figure(Title, Caption, 560)
{
    private protected override void WriteLayout(Utf8JsonWriter json)
    {
        PlaneLayout.StartAxis(json, "xaxis", Plane.Axes.X, logarithmic: false);
        json.WriteEndObject();
        PlaneLayout.StartAxis(json, "yaxis", Plane.Axes.Y, logarithmic: false);
        if (Plane.EqualAspect)
        {
            json.WriteString("scaleanchor", "x");
            json.WriteString("constrain", "domain");
        }
        json.WriteEndObject();
        PlaneLayout.WriteMargins(json);
        WriteLegend(json);
        json.WriteString("hovermode", "closest");
    }

    private protected abstract void WriteLegend(Utf8JsonWriter json);

    /// <summary>Starts a trace, which the caller adds to and ends.</summary>
    private protected static void StartTrace(Utf8JsonWriter json, string name, string mode, IEnumerable<double> x, IEnumerable<double> y)
    {
        json.WriteStartObject();
        json.WriteString("type", "scatter");
        json.WriteString("name", name);
        json.WriteString("mode", mode);
        WriteNumbers(json, "x", x);
        WriteNumbers(json, "y", y);
    }

    /// <summary>The coast under everything else, where there is one.</summary>
    private protected void WriteCoast(Utf8JsonWriter json)
    {
        if (Plane.Coast.X.Length == 0)
            return;
        StartTrace(json, "coast", "lines", Plane.Coast.X, Plane.Coast.Y);
        WriteLine(json, "--faint", 0.8);
        json.WriteString("hoverinfo", "skip");
        json.WriteBoolean("showlegend", false);
        json.WriteEndObject();
    }

    private protected static void WriteLine(Utf8JsonWriter json, string color, double width)
    {
        json.WriteStartObject("line");
        json.WriteString("color", color);
        json.WriteNumber("width", width);
        json.WriteEndObject();
    }
}
