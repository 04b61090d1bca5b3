using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Attractor.Reports;

/// <summary>What a figure of a page is drawn from: traces and a layout, as plotly.js takes them.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Json">The object.</param>
internal sealed record FigureSpec(string Title, JsonElement Json)
{
    /// <summary>The curves and orbits.</summary>
    public IEnumerable<JsonElement> Traces => Json.GetProperty("data").EnumerateArray();

    /// <summary>Whether it is of three dimensions.</summary>
    public bool IsSpatial => Layout("scene") is not null;

    /// <summary>Its height in pixels.</summary>
    public double Height => Number(Json.GetProperty("layout"), "height") ?? 300;

    /// <summary>A part of the layout; null if there is none.</summary>
    public JsonElement? Layout(string name) => Part(Json.GetProperty("layout"), name);

    /// <summary>A part of an object; null if there is none.</summary>
    public static JsonElement? Part(JsonElement of, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out of))
                return null;
        return of;
    }

    /// <summary>A number of an object.</summary>
    public static double? Number(JsonElement of, params ReadOnlySpan<string> path)
        => Part(of, path) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>A word of an object.</summary>
    public static string? Word(JsonElement of, params ReadOnlySpan<string> path)
        => Part(of, path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Numbers of an object; a gap is NaN.</summary>
    public static double[] Numbers(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Array } values
        ? [.. values.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)]
        : [];

    /// <summary>Words of an object.</summary>
    public static string[] Words(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Array } values
        ? [.. values.EnumerateArray().Select(v => v.ToString())]
        : [];

    /// <summary>The figures of a page, in their order.</summary>
    /// <exception cref="InvalidDataException">The page is none that a report was written to.</exception>
    public static IReadOnlyList<FigureSpec> OfPage(string html)
    {
        const string Start = "<figure><h3>", TitleEnd = "</h3><div class=\"plot\"", Spec = "<script type=\"application/json\">",
            End = "</script>";
        List<FigureSpec> found = [];
        for (int at = html.IndexOf(Start, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Start, at + 1, StringComparison.Ordinal))
        {
            int title = html.IndexOf(TitleEnd, at, StringComparison.Ordinal), next = html.IndexOf(Start, at + 1, StringComparison.Ordinal);
            if (title < 0 || (next >= 0 && title > next))
                continue;
            int spec = html.IndexOf(Spec, title, StringComparison.Ordinal) + Spec.Length;
            int end = spec < Spec.Length ? -1 : html.IndexOf(End, spec, StringComparison.Ordinal);
            if (end < 0)
                throw new InvalidDataException("the page is cut off within a figure");
            found.Add(new(
                WebUtility.HtmlDecode(html[(at + Start.Length)..title]), JsonDocument.Parse(html[spec..end]).RootElement));
        }
        return found;
    }

    /// <summary>The data of the figure: a line for each point, with the name of its curve.</summary>
    public string ToCsv()
    {
        System.Text.StringBuilder csv = new(IsSpatial ? "curve,x,y,z\n" : "curve,x,y\n");
        foreach (JsonElement trace in Traces)
        {
            string name = WebUtility.HtmlDecode(Word(trace, "name") ?? "");
            string quoted = name.AsSpan().IndexOfAny(",\"\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            double[][] columns = [.. (IsSpatial ? (string[])["x", "y", "z"] : ["x", "y"]).Select(axis => Numbers(trace, axis))];
            for (int i = 0; i < columns.Min(c => c.Length); i++)
                csv.Append(quoted).Append(',').AppendJoin(',', columns.Select(c => Text(c[i]))).Append('\n');
        }
        return csv.ToString();
    }

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
