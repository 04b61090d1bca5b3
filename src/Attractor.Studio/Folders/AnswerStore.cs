using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Storage;

namespace Attractor.Studio.Folders;

/// <summary>What trained models answered, kept in the folder: an answer is one of the model that is there still.</summary>
internal static class AnswerStore
{
    private const string Floor = "_floor";

    // Keys of an evaluation that are no scores.
    private static readonly string[] s_others = ["rows", "trials", "steps", "bins", "components"];

    /// <summary>Keeps an answer.</summary>
    public static void Write(StudioFolder folder, string id, string run, string verb, JsonObject answer)
    {
        JsonObject kept = new() { ["run"] = id, ["model"] = Stamp(run), ["answer"] = answer.DeepClone() };
        string path = PathOf(folder, id, verb), temporary = path + ".tmp";
        File.WriteAllText(temporary, kept.ToJsonString());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The answer to a question; null if it was not asked of this model.</summary>
    public static JsonElement? Read(StudioFolder folder, string id, string run, string verb)
    {
        string path = PathOf(folder, id, verb);
        if (!File.Exists(path))
            return null;
        try
        {
            JsonElement kept = JsonFile.ReadObject(path);
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

    private static string PathOf(StudioFolder folder, string id, string verb)
        => Path.Combine(
            folder.OwnFolder("answers"),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{verb}\n{id}")))[..32] + ".json");

    private static string Stamp(string run)
        => new FileInfo(Path.Combine(run, "model.safetensors")) is { Exists: true } model
            ? FormattableString.Invariant($"{model.Length}-{model.LastWriteTimeUtc.Ticks}")
            : "";
}
