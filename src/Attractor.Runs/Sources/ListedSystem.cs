using System.Text.Json.Nodes;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>What a list says of a system, and what it can be found by.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Kind">flow, map or delay.</param>
/// <param name="Dimension">Variables.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Field">The field of science.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Source">The publication.</param>
internal sealed record ListedSystem(
    string Name, string Kind, int Dimension, string Title, string Field, IReadOnlyList<string> Tags, string Source)
{
    /// <summary>All that go by a name, in alphabetical order.</summary>
    public static IEnumerable<ListedSystem> All
        => KnownSystems.Catalogue.Select(Of).Concat(DelaySystem.All.Select(Of)).OrderBy(s => s.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. Enum.GetNames<SystemKind>().Select(k => k.ToLowerInvariant()),
        DelaySystem.Kind
    ];

    public static ListedSystem Of(SystemDefinition s)
        => new(s.Name, s.Kind.ToString().ToLowerInvariant(), s.Dimension, s.Title, s.Field, s.Tags, s.Source);

    public static ListedSystem Of(DelaySystem s) => new(s.Name, DelaySystem.Kind, s.Equation.Dimension, s.Title, s.Field, [], s.Source);

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["kind"] = Kind,
        ["dimension"] = Dimension,
        ["title"] = Title,
        ["field"] = Field,
        ["tags"] = new JsonArray([.. Tags.Select(t => (JsonNode?)t)]),
        ["source"] = Source,
    };
}
