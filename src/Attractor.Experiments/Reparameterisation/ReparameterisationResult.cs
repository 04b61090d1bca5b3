using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Everything the experiment measured.</summary>
internal sealed record ReparameterisationResult(
    ulong Seed,
    IReadOnlyList<SamplerComparison> Samplers,
    IReadOnlyList<CategoricalComparison> Categoricals,
    IReadOnlyList<RelaxedComponent> Relaxed,
    IReadOnlyList<ApproachToPosterior.Point> Approach,
    IReadOnlyList<WidthOfApproximation.Point> Widths,
    IReadOnlyList<DiscreteExpectation.Line> Discrete)
{
    /// <summary>The unbiased estimator that relaxations are compared with: the score function with its baseline.</summary>
    public DiscreteExpectation.Line Unbiased => Discrete[1];

    /// <summary>How many means the approach to the posterior has.</summary>
    public int Means => Approach.Sum(p => 2 * p.Lines.Count);

    /// <summary>The largest distance of one of them from the gradient, in standard errors.</summary>
    public double LargestScore => Approach.Max(p => p.Lines.Max(l => Largest(l.Measured, p.Problem.Gradient)));

    /// <summary>The largest distance of the mean score from 0.</summary>
    public double LargestExpectedScore => Approach.Max(p => Largest(p.Score, [0, 0]));

    public JsonObject ToJson() => new()
    {
        ["seed"] = Seed,
        ["samplers"] = new JsonArray([.. Samplers.Select(s => s.ToJson()), .. Categoricals.Select(c => c.ToJson())]),
        ["relaxation"] = new JsonArray([.. Relaxed.Select(r => r.ToJson())]),
        ["posterior"] = new JsonObject
        {
            ["mean"] = GaussianPosterior.PosteriorMean,
            ["standard_deviation"] = GaussianPosterior.PosteriorScale,
            ["log_evidence"] = GaussianPosterior.LogEvidence,
        },
        ["approach"] = new JsonArray([.. Approach.Select(p => p.ToJson())]),
        ["largest_mean_z_score"] = Json.Number(LargestScore),
        ["largest_expected_score_z_score"] = Json.Number(LargestExpectedScore),
        ["crossing_width"] = Json.Number(WidthOfApproximation.Crossing),
        ["widths"] = new JsonArray([.. Widths.Select(w => w.ToJson())]),
        ["discrete"] = new JsonObject
        {
            ["gradient"] = new JsonArray([.. Discrete[0].Exact.Select(Json.Number)]),
            ["estimators"] = new JsonArray([.. Discrete.Select(d => d.ToJson(Unbiased))]),
        },
    };

    private static double Largest(MeasuredEstimator measured, double[] exact)
        => Enumerable.Range(0, exact.Length).Max(j => Math.Abs(measured.Score(j, exact[j])));
}
