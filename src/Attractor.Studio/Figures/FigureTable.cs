using System.Globalization;
using System.Text;
using System.Text.Json;
using Attractor.Reports;

namespace Attractor.Studio.Figures;

/// <summary>The numbers of a figure as CSV: a row for each point, with the name of its curve.</summary>
internal static class FigureTable
{
    private static readonly string[] s_axes = ["x", "y", "z"];

    /// <summary>The table, with a header.</summary>
    public static string ToCsv(Figure figure)
    {
        using JsonDocument json = JsonDocument.Parse(figure.ToJson());
        StringBuilder csv = new();
        string[] axes = [.. s_axes.Where(a => json.RootElement.GetProperty("data").EnumerateArray().Any(t => Values(t, a) is not null))];
        csv.Append("curve,").AppendJoin(',', axes).Append('\n');
        foreach (JsonElement trace in json.RootElement.GetProperty("data").EnumerateArray())
        {
            string name = Quote(trace.TryGetProperty("name", out JsonElement word) ? word.GetString() ?? "" : "");
            JsonElement[]?[] columns = [.. axes.Select(a => Values(trace, a))];
            for (int i = 0; i < columns.Max(c => c?.Length ?? 0); i++)
                csv.Append(name).Append(',')
                    .AppendJoin(',', columns.Select(c => c is not null && i < c.Length ? Text(c[i]) : "")).Append('\n');
        }
        return csv.ToString();
    }

    private static JsonElement[]? Values(JsonElement trace, string axis)
        => trace.TryGetProperty(axis, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray()]
            : null;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => Quote(value.GetString()!),
        _ => "",
    };

    /// <summary>A word as a cell: what a spreadsheet would take for a formula is text there too.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word[0] is '=' or '+' or '-' or '@' && !double.TryParse(word, CultureInfo.InvariantCulture, out _))
            word = "'" + word;
        return word.AsSpan().ContainsAny(",\"\n") ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : word;
    }
}
