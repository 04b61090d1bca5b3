using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Storage;

namespace Attractor.Studio.Folders;

/// <summary>What trained models answered, kept in the folder: an answer is one of the model that is there still.</summary>
internal static class AnswerStore
{
    private const string Floor = "_floor", Part = "answers";

    // Keys of an evaluation that are no scores.
    private static readonly string[] s_others = ["version", "rows", "trials", "steps", "bins", "components"];

    /// <summary>Keeps an answer.</summary>
    public static void Write(StudioFolder folder, string id, string run, string verb, JsonObject answer)
        => folder.WriteOwn(
            Part, Key(id, verb), new() { ["run"] = id, ["model"] = Stamp(run), ["answer"] = answer.DeepClone() });

    /// <summary>The answer to a question; null if it was not asked of this model.</summary>
    public static JsonElement? Read(StudioFolder folder, string id, string run, string verb)
    {
        if (folder.FindOwnFile(Part, Key(id, verb)) is not { } file)
            return null;
        try
        {
            JsonElement kept = JsonFile.ReadObject(file.FullName);
            return kept.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String
                && model.GetString() == Stamp(run) && kept.TryGetProperty("answer", out JsonElement answer)
                && answer.ValueKind == JsonValueKind.Object ? answer : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The verdict and the scores of an evaluation.</summary>
    public static (string? Verdict, IReadOnlyList<ScoreValue> Scores) Scores(JsonElement answer)
    {
        List<ScoreValue> scores = [];
        foreach (JsonProperty entry in answer.EnumerateObject())
            if (entry.Value.ValueKind == JsonValueKind.Number && !entry.Name.EndsWith(Floor, StringComparison.Ordinal)
                && !s_others.Any(o => entry.Name.EndsWith(o, StringComparison.Ordinal))
                && !entry.Name.EndsWith("_ceiling", StringComparison.Ordinal))
                scores.Add(new(
                    entry.Name,
                    entry.Value.GetDouble(),
                    answer.TryGetProperty(entry.Name + Floor, out JsonElement floor) && floor.ValueKind == JsonValueKind.Number
                        ? floor.GetDouble()
                        : null));
        return (answer.TryGetProperty("verdict", out JsonElement verdict) && verdict.ValueKind == JsonValueKind.String
            ? verdict.GetString() : null, scores);
    }

    private static string Key(string id, string verb) => $"{verb}\n{id}";

    private static string Stamp(string run) => RunList.Stamp(new(Path.Combine(run, "model.safetensors")));
}
