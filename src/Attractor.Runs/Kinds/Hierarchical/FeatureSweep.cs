using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Dynamics;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>Exponents of a hierarchical model along a feature, as the command line asks for them.</summary>
/// <param name="Feature">Which, from 0.</param>
/// <param name="From">Where it begins; null for its least value of a subject.</param>
/// <param name="To">Where it ends; null for its largest.</param>
internal sealed record FeatureSweep(int Feature, double? From, double? To)
{
    private const string Along = "Along", Expected = "expected feature:1, or feature:1=-0.5..2 for another range than that of the subjects";

    /// <summary>What a word such as <c>feature:2=0..1</c> says.</summary>
    /// <exception cref="ArgumentException">It says nothing of the kind.</exception>
    public static FeatureSweep Parse(string text)
    {
        const string Name = "feature:";
        CultureInfo culture = CultureInfo.InvariantCulture;
        string[] parts = text.StartsWith(Name, StringComparison.Ordinal) ? text[Name.Length..].Split('=') : [];
        if (parts.Length is not (1 or 2) || !int.TryParse(parts[0], NumberStyles.None, culture, out int feature) || feature < 1)
            throw new SettingException($"{Along:setting} is '{text}': {Expected}");
        if (parts.Length == 1)
            return new(feature - 1, null, null);
        string[] ends = parts[1].Split("..");
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, culture, out double from)
            && double.TryParse(ends[1], NumberStyles.Float, culture, out double to)
            && double.IsFinite(from) && double.IsFinite(to) && from != to
            ? new(feature - 1, from, to)
            : throw new SettingException($"{Along:setting} is '{text}': {Expected}");
    }

    /// <summary>The exponents of the networks on the way.</summary>
    /// <param name="path">The run.</param>
    /// <param name="dt">Time of a step; null for what the run says.</param>
    /// <param name="steps">Steps to average over at each point.</param>
    /// <param name="transient">Steps before that.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public Answer Of(string path, double? dt, int steps, int transient, CancellationToken cancellationToken)
    {
        TrainedModel trained = TrainedModel.Load(path);
        if (trained.Model is not HierarchicalShallowPlrnn model)
            throw new SettingException(
                $"{Along:setting} is for a {HierarchicalShallowPlrnn.KindName}: {path} holds a {trained.Model.Kind}");
        if (Feature >= model.Features)
            throw new SettingException($"{Along:setting} names feature {Feature + 1}: {path} has {model.Features}");
        IReadOnlyList<FeaturePoint> line = FeatureLine.Moving(
            model, Feature, From, To, steps: steps, transient: transient, cancellationToken: cancellationToken);
        double? step = dt ?? trained.Dt;
        JsonObject json = new()
        {
            ["feature"] = Feature + 1,
            ["dt"] = step is { } time ? Json.Number(time) : null,
            ["steps"] = steps,
            ["points"] = new JsonArray([.. line.Select(point => (JsonNode)new JsonObject
            {
                ["features"] = SubjectJson.Numbers(point.Features),
                ["lyapunov_max"] = step is { } per ? Json.Number(point.Exponent / per) : null,
                ["lyapunov_max_per_step"] = Json.Number(point.Exponent),
            })]),
        };
        string unit = step is null ? "per step" : "per unit of time";
        string[] rows = [.. line.Select(point => double.IsNaN(point.Exponent)
            ? string.Create(CultureInfo.InvariantCulture, $"{point.Features[Feature],12:F4}        none: the orbit leaves every bound")
            : string.Create(CultureInfo.InvariantCulture, $"{point.Features[Feature],12:F4}{point.Exponent / (step ?? 1),12:F6}"))];
        return new(
            json,
            string.Join('\n', rows.Prepend(FormattableString.Invariant(
                $"   feature {Feature + 1}    exponent {unit}, the other features at their means"))));
    }
}
