using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Parts of a trial as text, and back; what is read may be damaged.</summary>
internal static class TrialText
{
    private const int Deepest = 8;

    public static string? Objectives(StudyTrial trial)
        => trial.Values.Count > 0 ? new JsonArray([.. trial.Values.Select(Json.Number)]).ToJsonString() : null;

    public static string? Scores(StudyTrial trial) => trial.Scores.Count > 0 ? trial.Scores.ToJsonString() : null;

    /// <exception cref="InvalidDataException">The text is no JSON object.</exception>
    public static JsonObject Object(string text) => Node(text) as JsonObject ?? throw Damaged(text);

    /// <exception cref="InvalidDataException">The text is no JSON.</exception>
    public static JsonElement Element(string text)
    {
        using JsonDocument json = JsonDocument.Parse(Object(text).ToJsonString());
        return json.RootElement.Clone();
    }

    /// <exception cref="InvalidDataException">The text is no list of numbers.</exception>
    public static double[] Numbers(string text)
        => Node(text) is JsonArray numbers ? [.. numbers.Select(n => Number(n, text))] : throw Damaged(text);

    /// <summary>A number of a JSON tree; NaN of null.</summary>
    public static double Number(JsonNode? node, string where) => node is null ? double.NaN
        : node.GetValueKind() == JsonValueKind.Number && double.TryParse(
            node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : throw Damaged(where);

    private static JsonNode? Node(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { MaxDepth = Deepest });
        }
        catch (JsonException)
        {
            throw Damaged(text);
        }
    }

    private static InvalidDataException Damaged(string text) => new(
        $"the record of a trial is damaged ({(text.Length > 40 ? text[..40] + "..." : text)}): attractor study rebuild STUDY makes "
        + "the store anew from the folders");
}
