using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>A figure drawn by plotly.js.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Height">Its height in pixels.</param>
public abstract record Figure(string Title, string Caption, int Height) : Element
{
    /// <summary>Figures of the same name turn together; none if null.</summary>
    public string? Link { get; init; }

    /// <summary>What is drawn, as plotly.js takes it, in UTF-8; colours are names of the style sheet.</summary>
    internal byte[] ToJson()
    {
        using MemoryStream stream = new();
        // The default encoder escapes <, so that nothing in the data can end the script.
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            if (Link is not null)
                json.WriteString("link", Link);
            json.WriteStartArray("data");
            WriteTraces(json);
            json.WriteEndArray();
            json.WriteStartObject("layout");
            json.WriteString("paper_bgcolor", "rgba(0,0,0,0)");
            json.WriteString("plot_bgcolor", "rgba(0,0,0,0)");
            json.WriteNumber("height", Height);
            json.WriteString("uirevision", "same");
            json.WriteStartObject("font");
            json.WriteString("family", "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif");
            json.WriteNumber("size", 12);
            json.WriteString("color", "--text");
            json.WriteEndObject();
            json.WriteStartObject("modebar");
            json.WriteString("bgcolor", "rgba(0,0,0,0)");
            json.WriteString("color", "--faint");
            json.WriteString("activecolor", "--accent");
            json.WriteEndObject();
            WriteLayout(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    internal override void AppendTo(StringBuilder html)
    {
        html.Append("<figure><h3>").Append(Escape(Title)).Append("</h3><div class=\"plot\" style=\"height:")
            .Append(Height.ToString(CultureInfo.InvariantCulture))
            .Append("px\"></div><script type=\"application/json\">").Append(Encoding.UTF8.GetString(ToJson())).Append("</script>");
        if (Caption.Length > 0)
            html.Append("<figcaption>").Append(Escape(Caption)).Append("</figcaption>");
        html.Append("</figure>\n");
    }

    private protected abstract void WriteTraces(Utf8JsonWriter json);

    private protected abstract void WriteLayout(Utf8JsonWriter json);

    /// <summary>Numbers to five digits; what is not finite is a gap.</summary>
    private protected static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteRawValue(
                    value.ToString("G5", CultureInfo.InvariantCulture).Replace("E+", "E", StringComparison.Ordinal),
                    skipInputValidation: true);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    private protected static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
