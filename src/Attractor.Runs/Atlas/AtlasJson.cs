using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Dynamics;

namespace Attractor.Runs;

/// <summary>An atlas as the command prints it with --json.</summary>
internal static class AtlasJson
{
    // The most visited regions alone: a network of many hidden units visits tens of thousands.
    private const int MostRegions = 256;

    public static JsonObject Of(MapAtlas atlas)
    {
        RegionAtlas regions = atlas.Regions;
        return new()
        {
            ["boundaries"] = regions.Flips.Count,
            ["steps"] = regions.Symbols.Count,
            ["regions_visited"] = regions.Regions.Count,
            ["regions"] = new JsonArray([.. regions.Regions.Take(MostRegions).Select(Region)]),
            ["transitions"] = new JsonArray([.. regions.Transitions
                .Where(t => t.From < MostRegions && t.To < MostRegions)
                .Select(t => new JsonObject
                {
                    ["from"] = t.From,
                    ["to"] = t.To,
                    ["count"] = t.Count,
                    ["probability"] = Json.Number(t.Probability),
                })]),
            ["stays"] = regions.Itinerary.Count,
            ["words"] = new JsonArray([.. regions.Words.Select(w => new JsonObject
            {
                ["length"] = w.Length,
                ["of_steps"] = w.OfSteps,
                ["of_itinerary"] = w.OfItinerary,
            })]),
            ["boundary_crossings"] = Json.Number(regions.BoundaryCrossings),
            ["flips"] = Json.Numbers(regions.Flips),
            ["graph_entropy"] = Json.Number(regions.GraphEntropy),
            ["word_entropy"] = Json.Number(regions.WordEntropy),
            ["markov_entropy"] = Json.Number(regions.MarkovEntropy),
            ["manifolds"] = new JsonArray([.. atlas.Manifolds.Select(Manifold)]),
            ["crossings"] = atlas.Crossings is { } crossings ? new JsonArray([.. crossings.Select(Json.Numbers)]) : null,
            ["basins"] = atlas.Basins is { } basins ? Basins(basins) : null,
            ["bifurcations"] = atlas.Sweep is { } sweep ? Bifurcations(sweep) : null,
        };
    }

    private static JsonObject Region(AtlasRegion region) => new()
    {
        ["symbol"] = region.Symbol,
        ["pattern"] = region.Pattern,
        ["visits"] = region.Visits,
        ["occupancy"] = Json.Number(region.Occupancy),
        ["centre"] = Json.Numbers(region.Centre),
        ["fixed_point"] = region.FixedPoint is { } point
            ? new JsonObject
            {
                ["point"] = Json.Numbers(point.Point),
                ["real"] = point.Real,
                ["stability"] = point.Stability.ToString().ToLowerInvariant(),
                ["spectral_radius"] = Json.Number(point.SpectralRadius),
                ["eigenvalues"] = Json.Numbers(point.Eigenvalues),
            }
            : null,
    };

    private static JsonObject Manifold(TracedManifold traced) => new()
    {
        ["order"] = traced.Cycle.Order,
        ["point"] = Json.Numbers(traced.Cycle.Points[0]),
        ["kind"] = traced.Stable ? "stable" : "unstable",
        ["dimension"] = traced.Manifold?.Dimension,
        ["pieces"] = traced.Manifold?.Pieces.Count,
        ["iterations"] = traced.Manifold?.Iterations,
        ["complete"] = traced.Manifold?.Complete,
        ["all_regions"] = traced.Manifold?.AllRegions,
        ["singular_regions"] = traced.Manifold?.Singular,
        ["why_not"] = traced.WhyNot,
    };

    private static JsonObject Basins(BasinsOfAttraction basins) => new()
    {
        ["resolution"] = basins.X.Count,
        ["left"] = Json.Number(basins.Left),
        ["attractors"] = new JsonArray([.. basins.Attractors.Select(a => new JsonObject
        {
            ["order"] = a.Order,
            ["share"] = Json.Number(a.Share),
            ["state"] = Json.Numbers(a.State),
            ["lower"] = Json.Numbers(a.Lower),
            ["upper"] = Json.Numbers(a.Upper),
        })]),
    };

    private static JsonObject Bifurcations(ParameterSweep sweep) => new()
    {
        ["along"] = sweep.Name,
        ["present"] = Json.Number(sweep.Present),
        ["from"] = Json.Number(sweep.Result.Values[0]),
        ["to"] = Json.Number(sweep.Result.Values[^1]),
        ["branches"] = sweep.Result.Branches.Count,
        ["found"] = new JsonArray([.. sweep.Result.Found.Select(b => new JsonObject
        {
            ["kind"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(b.Kind.ToString()),
            ["value"] = Json.Number(b.Parameter),
            ["boundary"] = b.Boundary,
            ["point"] = Json.Numbers(b.Point),
        })]),
    };
}
