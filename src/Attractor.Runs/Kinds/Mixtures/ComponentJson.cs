using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The components of a mixture for <c>--json</c>: each block under the names of its columns.</summary>
internal static class ComponentJson
{
    public static JsonArray Of(Mixture mixture, IReadOnlyList<double> counts)
        => new([.. Enumerable.Range(0, mixture.Components).Select(k => Of(mixture, counts, k))]);

    private static JsonObject Of(Mixture mixture, IReadOnlyList<double> counts, int k)
    {
        JsonObject blocks = [];
        foreach (BlockPosterior posterior in mixture.Posteriors)
            blocks[string.Join(',', posterior.Block.Columns)] = Of(posterior, k);
        return new() { ["weight"] = Json.Number(mixture.Weights.Mean[k]), ["rows"] = Json.Number(counts[k]), ["blocks"] = blocks };
    }

    private static JsonObject Of(BlockPosterior posterior, int k)
    {
        JsonObject json = new() { ["kind"] = posterior.Block.Kind };
        foreach (BlockValue value in posterior.Describe(k))
            json[value.Name] = ToJson(value);
        return json;
    }

    private static JsonNode? ToJson(BlockValue value)
    {
        if (value.Words is { } words)
            return new JsonArray([.. words.Select(w => (JsonNode)w)]);
        if (value.Labels is { } labels)
            return new JsonObject(labels.Select((l, i) => KeyValuePair.Create(l, Json.Number(value.Numbers[i]))));
        return value.IsSingle ? Json.Number(value.Numbers[0]) : new JsonArray([.. value.Numbers.Select(Json.Number)]);
    }
}
