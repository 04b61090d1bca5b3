using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A mixture: the numbers of its posterior as tensors (<c>weights.concentration</c>, <c>0.mean</c>, ...); its blocks with their priors as
/// JSON in the metadata.
/// </summary>
internal static class MixtureFile
{
    private const int MostBlocks = 4096;

    public static ModelFormat Format { get; } = ModelFormat.Of<Mixture>(Mixture.KindName, Write, Read);

    private static SafeTensorsFile Write(Mixture mixture)
    {
        Dictionary<string, string> metadata = new()
        {
            ["components"] = FormattableString.Invariant($"{mixture.Components}"),
            ["blocks"] = BlockDescription.ToJson(mixture.Blocks).ToJsonString(),
            ["weights"] = WeightsToJson(mixture.Prior).ToJsonString(),
        };
        return new([.. mixture.Tensors.Select(t => new SafeTensor(t.Name, [.. t.Shape], [.. t.Values]))], metadata);
    }

    private static Mixture Read(TensorReader reader)
    {
        int components = reader.Whole("components", 1, Mixture.MostComponents);
        Mixture mixture;
        try
        {
            IReadOnlyList<ConjugateBlock> blocks = BlockDescription.Read(reader.Word("blocks"), MostBlocks);
            MixtureWeights weights = ReadWeights(reader.Word("weights"));
            // Before the mixture is made: it would take what its sizes claim, however little the file holds.
            long expected = blocks.Sum(b => ((long)components * b.PosteriorSize.OfEach) + b.PosteriorSize.Shared)
                + (weights.Concentration is null ? 0 : components);
            if (reader.ValueCount != expected)
                throw reader.Bad(
                    $"it holds {reader.ValueCount:N0} values, but a mixture of {components} components of its blocks has {expected:N0}");
            mixture = new(components, blocks, weights);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            throw reader.Bad($"there is no such mixture: {Excerpt.Reason(e)}");
        }
        foreach (PosteriorTensor tensor in mixture.Tensors)
        {
            double[] values = reader.Values(tensor.Name, [.. tensor.Shape]);
            if (!tensor.AnySign && values.Any(v => v <= 0))
                throw reader.Bad($"{tensor.Name} holds values that are not above 0");
            values.CopyTo(tensor.Values, 0);
        }
        mixture.Refresh();
        foreach (BlockPosterior posterior in mixture.Posteriors)
            if (posterior.Fault is { } fault)
                throw reader.Bad($"it holds {fault}");
        return mixture;
    }

    // The value that is out of range comes on a line of its own.
    private static JsonObject WeightsToJson(MixtureWeights weights)
        => weights.Concentration is { } c ? new() { ["dirichlet"] = BlockDescription.Numbers(c) }
            : weights.Proportions is { } p ? new() { ["fixed"] = BlockDescription.Numbers(p) }
            : [];

    private static MixtureWeights ReadWeights(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("dirichlet", out JsonElement concentration))
            return MixtureWeights.Dirichlet(BlockDescription.Numbers(concentration));
        return document.RootElement.TryGetProperty("fixed", out JsonElement proportions)
            ? MixtureWeights.Fixed(BlockDescription.Numbers(proportions))
            : MixtureWeights.Uniform;
    }
}
