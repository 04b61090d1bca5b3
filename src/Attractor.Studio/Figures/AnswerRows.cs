using System.Globalization;
using System.Text.Json;

namespace Attractor.Studio.Figures;

/// <summary>An answer in JSON as rows to read.</summary>
internal static class AnswerRows
{
    private const int MostNumbers = 12, MostText = 200_000;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Its plain entries; of a list of numbers the first.</summary>
    public static IEnumerable<(string Key, string Value)> Of(JsonElement answer)
    {
        foreach (JsonProperty entry in answer.EnumerateObject())
            if (Value(entry.Value) is { } value)
                yield return (entry.Name, value);
    }

    /// <summary>All of it.</summary>
    public static string Text(JsonElement answer)
        => JsonSerializer.Serialize(answer, s_indented) is var text && text.Length > MostText ? text[..MostText] + "\n..." : text;

    private static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Number(value),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() is > 0 and var count
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
            => string.Join(", ", value.EnumerateArray().Take(MostNumbers).Select(Number)) + (count > MostNumbers ? ", ..." : ""),
        _ => null,
    };

    private static string Number(JsonElement value)
        => value.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture)
            : value.GetDouble().ToString("G5", CultureInfo.InvariantCulture);
}
