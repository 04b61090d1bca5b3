using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The subjects of a hierarchical model, for a program.</summary>
internal static class SubjectJson
{
    /// <summary>Names and features, and the logarithms of the variances where they were learnt.</summary>
    public static JsonArray Of(HierarchicalShallowPlrnn model, bool withCovariance) => new([.. model.Subjects.Select((name, s) =>
    {
        JsonObject one = new() { ["name"] = name, ["features"] = Numbers(model.FeaturesOf(s)) };
        if (withCovariance)
            one["log_covariance"] = Numbers(model.LogCovarianceOf(s));
        return one;
    })]);

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Json.Number)]);
}
