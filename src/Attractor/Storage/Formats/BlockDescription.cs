using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>The blocks of a mixture with their priors, as JSON.</summary>
internal static class BlockDescription
{
    public static JsonArray ToJson(IReadOnlyList<ConjugateBlock> blocks) => [.. blocks.Select(ToJson)];

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
        JsonObject json = new() { ["kind"] = block.Kind, ["columns"] = new JsonArray([.. block.Columns.Select(c => (JsonNode)c)]) };
        switch (block)
        {
            case GaussianMeanBlock { Precision: { } precision } b:
                Add(json, ("precision", precision), ("prior_precision", b.PriorPrecision));
                json["prior_mean"] = Numbers(b.PriorMean);
                break;
            case GaussianMeanBlock { PrecisionPrior: var (shape, rate) } b:
                Add(json, ("shape", shape), ("rate", rate), ("prior_precision", b.PriorPrecision));
                json["prior_mean"] = Numbers(b.PriorMean);
                break;
            case NormalGammaBlock b:
                Add(json, ("kappa", b.Kappa), ("shape", b.Shape), ("rate", b.Rate));
                json["prior_mean"] = Numbers(b.PriorMean);
                break;
            case NormalWishartBlock b:
                Add(json, ("kappa", b.Kappa), ("degrees_of_freedom", b.DegreesOfFreedom));
                (json["prior_mean"], json["inverse_scale"]) = (Numbers(b.PriorMean), Numbers(b.InverseScale));
                break;
            case PoissonBlock b:
                Add(json, ("shape", b.Shape), ("rate", b.Rate));
                break;
            case BernoulliBlock b:
                Add(json, ("ones", b.Ones), ("zeros", b.Zeros));
                break;
            case CategoricalBlock b:
                Add(json, ("concentration", b.Concentration));
                json["levels"] = new JsonArray([.. b.Levels.Select(l => (JsonNode)l)]);
                break;
            default:
                throw new ArgumentException($"There is no file format for a block of the kind '{block.Kind}'.", nameof(block));
        }
        return json;
    }

    private static void Add(JsonObject json, params ReadOnlySpan<(string Key, double Value)> entries)
    {
        foreach ((string key, double value) in entries)
            json[key] = value;
    }

    private static ConjugateBlock Read(JsonElement json)
    {
        string[] columns = Words("columns");
        string kind = json.GetProperty("kind").GetString()!;
        return kind switch
        {
            GaussianMeanBlock.KindName when json.TryGetProperty("precision", out JsonElement precision)
                => new GaussianMeanBlock(columns, precision.GetDouble(), Vector("prior_mean"), Number("prior_precision")),
            GaussianMeanBlock.KindName => new GaussianMeanBlock(columns, Number("shape"), Number("rate"), Vector("prior_mean"), Number("prior_precision")),
            NormalGammaBlock.KindName => new NormalGammaBlock(columns, Vector("prior_mean"), Number("kappa"), Number("shape"), Number("rate")),
            NormalWishartBlock.KindName => new NormalWishartBlock(columns, Vector("inverse_scale"), Vector("prior_mean"), Number("kappa"), Number("degrees_of_freedom")),
            PoissonBlock.KindName => new PoissonBlock(Column(), Number("shape"), Number("rate")),
            BernoulliBlock.KindName => new BernoulliBlock(Column(), Number("ones"), Number("zeros")),
            CategoricalBlock.KindName => new CategoricalBlock(Column(), Words("levels"), Number("concentration")),
            _ => throw new ArgumentException($"'{kind}' is no kind of block."),
        };

        double Number(string key) => json.GetProperty(key).GetDouble();

        double[] Vector(string key) => Numbers(json.GetProperty(key));

        string[] Words(string key) => [.. json.GetProperty(key).EnumerateArray().Select(w => w.GetString() ?? "")];

        string Column() => columns.Length == 1 ? columns[0] : throw new ArgumentException($"A block of the kind '{kind}' has one column, found {columns.Length}.");
    }
}
