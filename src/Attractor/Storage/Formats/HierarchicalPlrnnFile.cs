using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A hierarchical shallow PLRNN: the shared tensors <c>PA</c>, <c>PW1</c>, <c>PW2</c>, <c>Ph1</c>, <c>Ph2</c>, <c>PL</c> with a row for
/// each feature, <c>features</c> (S x d) and <c>log_covariance</c> (S x N); in the metadata the sizes, and the names of the subjects as a
/// JSON array.
/// </summary>
internal static class HierarchicalPlrnnFile
{
    private const int MostUnits = 1_000_000, MostSubjects = 10_000_000;

    public static ModelFormat Format { get; } = ModelFormat.Of<HierarchicalShallowPlrnn>(
        HierarchicalShallowPlrnn.KindName, Write, Read);

    private static SafeTensorsFile Write(HierarchicalShallowPlrnn model) => new(
        TensorReader.Tensors(model.Parameters),
        new Dictionary<string, string>
        {
            ["observed"] = FormattableString.Invariant($"{model.Observed}"),
            ["latent"] = FormattableString.Invariant($"{model.Latent}"),
            ["hidden"] = FormattableString.Invariant($"{model.Hidden}"),
            ["features"] = FormattableString.Invariant($"{model.Features}"),
            ["subjects"] = new JsonArray([.. model.Subjects.Select(s => (JsonNode)JsonValue.Create(s))]).ToJsonString(),
        });

    private static HierarchicalShallowPlrnn Read(TensorReader reader)
    {
        int observed = reader.Whole("observed", 1, MostUnits), latent = reader.Whole("latent", 1, MostUnits),
            hidden = reader.Whole("hidden", 1, MostUnits), features = reader.Whole("features", 1, MostUnits);
        IReadOnlyList<string> subjects = Subjects(reader);
        // Before the model is made: it would take what its sizes claim, however little the file holds.
        Int128 network = latent + (2 * (Int128)latent * hidden) + latent + hidden + ((Int128)Math.Max(0, latent - observed) * observed);
        Int128 expected = (network * features) + ((Int128)subjects.Count * (features + observed));
        if (expected != reader.ValueCount)
            throw reader.Bad(
                $"it holds {reader.ValueCount:N0} values, but a model of the sizes that its metadata give has {expected}");
        return reader.Model(
            () => HierarchicalShallowPlrnn.Blank(observed, latent, hidden, features, subjects), model => model.Parameters);
    }

    private static IReadOnlyList<string> Subjects(TensorReader reader)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(reader.Word("subjects"));
            JsonElement names = document.RootElement;
            if (names.ValueKind == JsonValueKind.Array && names.GetArrayLength() is > 0 and <= MostSubjects
                && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
                return [.. names.EnumerateArray().Select(name => name.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Said below, as of other JSON than names.
        }
        throw reader.Bad("metadata 'subjects' is no JSON array of names");
    }
}
