using System.Text.Json;

namespace Attractor.Reports;

/// <summary>What the layouts of plane figures have in common.</summary>
internal static class PlaneLayout
{
    public static void WriteMargins(Utf8JsonWriter json)
    {
        json.WriteStartObject("margin");
        json.WriteNumber("l", 64);
        json.WriteNumber("r", 12);
        json.WriteNumber("t", 28);
        json.WriteNumber("b", 48);
        json.WriteEndObject();
    }

    /// <summary>Text that plotly.js shows as it is: it takes angle brackets for markup.</summary>
    public static string Plain(string text)
        => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(
            ">", "&gt;", StringComparison.Ordinal);

    /// <summary>A legend in a line above the axes.</summary>
    /// <param name="json">The layout.</param>
    /// <param name="shown">Whether it is seen.</param>
    /// <param name="dots">Whether it is of dots, which may be too small to tell their colours by.</param>
    public static void WriteLegend(Utf8JsonWriter json, bool shown, bool dots = false)
    {
        json.WriteBoolean("showlegend", shown);
        json.WriteStartObject("legend");
        json.WriteString("orientation", "h");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 1.02);
        json.WriteString("yanchor", "bottom");
        if (dots)
            json.WriteString("itemsizing", "constant");
        json.WriteEndObject();
    }

    /// <summary>Starts an axis, which the caller may add to and ends.</summary>
    public static void StartAxis(Utf8JsonWriter json, string name, string label, bool logarithmic)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("title");
        json.WriteString("text", Plain(label));
        json.WriteNumber("standoff", 12);
        json.WriteEndObject();
        json.WriteString("type", logarithmic ? "log" : "linear");
        // Left to itself plotly.js writes k and the Greek mu for thousands and millionths.
        json.WriteString("exponentformat", "power");
        if (!logarithmic)
            json.WriteNumber("minexponent", 5);
        json.WriteString("gridcolor", "--grid");
        json.WriteString("linecolor", "--line");
        json.WriteBoolean("zeroline", false);
        json.WriteBoolean("automargin", true);
    }
}
