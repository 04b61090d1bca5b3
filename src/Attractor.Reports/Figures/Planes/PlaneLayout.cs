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
    public static void WriteLegend(Utf8JsonWriter json, bool shown)
    {
        json.WriteBoolean("showlegend", shown);
        json.WriteStartObject("legend");
        json.WriteString("orientation", "h");
        json.WriteNumber("x", 0);
        json.WriteNumber("y", 1.02);
        json.WriteString("yanchor", "bottom");
        // Of dots too small to tell their colours by.
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
        json.WriteString("gridcolor", "--grid");
        json.WriteString("linecolor", "--line");
        json.WriteBoolean("zeroline", false);
        json.WriteBoolean("automargin", true);
    }
}
