using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>The blocks of a mixture with their priors, as JSON.</summary>
internal static class BlockDescription
{
    public static JsonArray ToJson(IReadOnlyList<ConjugateBlock> blocks) => new([.. blocks.Select(ToJson)]);

    public static JsonArray Numbers(IReadOnlyList<double> values) => [.. values.Select(v => (JsonNode)v)];

    public static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetDouble())];

    /// <summary>Reads blocks.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing.</exception>
    /// <exception cref="InvalidOperationException">Something is of another type.</exception>
    /// <exception cref="ArgumentException">There is no such block, or there are more than <paramref name="most"/>.</exception>
    public static IReadOnlyList<ConjugateBlock> Read(string json, int most)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetArrayLength() <= most
            ? [.. document.RootElement.EnumerateArray().Select(Read)]
            : throw new ArgumentException($"{document.RootElement.GetArrayLength()} blocks are too many.");
    }

    private static JsonObject ToJson(ConjugateBlock block)
    {
        JsonObject json = new() { ["kind"] = block.Kind, ["columns"] = Words(block.Columns) };
        foreach (BlockValue value in block.Hyperparameters)
            json[value.Name] = value.Words is { } words ? Words(words) : value.IsSingle ? value.Numbers[0] : Numbers(value.Numbers);
        return json;
    }

    private static JsonArray Words(IReadOnlyList<string> words) => [.. words.Select(w => (JsonNode)w)];

    private static string[] Words(JsonElement words) => [.. words.EnumerateArray().Select(w => w.GetString() ?? "")];

    private static ConjugateBlock Read(JsonElement json) => BlockKind.Read(new(
        json.GetProperty("kind").GetString() ?? "", Words(json.GetProperty("columns")),
        json.EnumerateObject().Where(p => p.Name is not ("kind" or "columns")).Select(p => Value(p.Name, p.Value)).OfType<BlockValue>()));

    // Null of what is neither numbers nor words: a block that needs it finds it missing.
    private static BlockValue? Value(string name, JsonElement value) => value.ValueKind switch
    {
        _ when name.Length == 0 => null,
        JsonValueKind.Number => BlockValue.Of(name, value.GetDouble()),
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number) && value.GetArrayLength() > 0
            => BlockValue.Of(name, Numbers(value)),
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            => BlockValue.Of(name, Words(value)),
        _ => null,
    };
}
