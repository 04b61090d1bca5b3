using System.Text.Json;

namespace Attractor.Studio.Work;

/// <summary>What <c>attractor look</c> understood of a file.</summary>
/// <param name="Summary">In a line.</param>
/// <param name="Notes">What else was noticed.</param>
/// <param name="Columns">The columns of the file.</param>
/// <param name="Dt">Time between two rows.</param>
/// <param name="Unit">What that is measured in.</param>
/// <param name="Gaps">Gaps in the times.</param>
internal sealed record DataLookView(
    string Summary, IReadOnlyList<string> Notes, IReadOnlyList<LookColumn> Columns, double? Dt, string? Unit, int Gaps)
{
    /// <summary>Reads the answer of the command.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="before">What was understood before columns were chosen: it knows the moments of those that were not.</param>
    public static DataLookView Of(JsonElement answer, DataLookView? before)
    {
        Dictionary<string, JsonElement> statistics = [];
        foreach (JsonElement variable in answer.GetProperty("statistics").EnumerateArray())
            statistics[variable.GetProperty("name").GetString()!] = variable;
        List<LookColumn> columns = [];
        foreach (JsonElement column in answer.GetProperty("columns").EnumerateArray())
        {
            string name = column.GetProperty("name").GetString()!;
            JsonElement? moments = statistics.TryGetValue(name, out JsonElement found) ? found : null;
            int position = column.GetProperty("position").GetInt32();
            LookColumn? known = before?.Columns.FirstOrDefault(c => c.Position == position);
            string role = known?.Role ?? column.GetProperty("role").GetString()!;
            columns.Add(new(name, position, role, column.GetProperty("constant").GetBoolean())
            {
                Missing = column.GetProperty("missing").GetInt64(),
                Mean = Number(moments, "mean") ?? known?.Mean,
                Deviation = Number(moments, "standard_deviation") ?? known?.Deviation,
                Least = Number(moments, "minimum") ?? known?.Least,
                Most = Number(moments, "maximum") ?? known?.Most,
                Period = Number(moments, "dominant_period_rows") ?? known?.Period,
            });
        }
        return new(
            answer.GetProperty("summary").GetString()!,
            [.. answer.GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)],
            columns,
            Number(answer, "dt"),
            answer.TryGetProperty("time_unit", out JsonElement unit) ? unit.GetString() : null,
            answer.GetProperty("gaps").GetInt32());
    }

    private static double? Number(JsonElement? json, string key)
        => json is { } found && found.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble() : null;
}
