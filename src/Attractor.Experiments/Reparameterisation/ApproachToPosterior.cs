using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Every estimator of the gradient of one bound, as q comes nearer to the posterior.</summary>
internal static class ApproachToPosterior
{
    // Enough for the baselines and multiples that are estimated from the other samples to differ from one another.
    private const int GroupSize = 10;

    private static readonly Entry[] s_entries =
    [
        new(GradientEstimator.TotalDerivative, 1, p => p.VarianceWithScore(1)),
        new(GradientEstimator.ClosedFormEntropy, 1, p => p.VarianceWithScore(1)),
        new(GradientEstimator.StickingTheLanding, 1, p => p.VarianceWithScore(0)),
        new(GradientEstimator.OptimalScoreControlVariate, GroupSize, p => p.VarianceWithScore(1 - p.Ratio), IsLimit: true),
        new(GradientEstimator.ScoreFunction, 1, p => p.VarianceOfScoreFunction),
        new(GradientEstimator.ScoreFunctionLeaveOneOut, GroupSize, p => p.VarianceWithLeaveOneOut(GroupSize)),
        new(GradientEstimator.ScoreFunctionOptimalBaseline, GroupSize, p => p.VarianceWithOptimalBaseline, IsLimit: true),
    ];

    /// <summary>Measures all of them at one distance.</summary>
    public static Point Measure(double distance, int estimates, ulong seed, CancellationToken token)
    {
        GaussianPosterior problem = GaussianPosterior.At(distance);
        // The expectation of f = 1 does not depend on the parameters: its score function is the score itself.
        MeasuredEstimator score = MeasuredEstimator.Of(
            GradientEstimator.ScoreFunction, problem.Q, TargetFunction.Of(1, (_, _) => 1), Objective.Expectation, 1, estimates,
            problem.Units, seed, token);
        return new(distance, problem, [.. s_entries.Select(e => new Line(
            MeasuredEstimator.Of(
                e.Estimator, problem.Q, GaussianPosterior.LogJoint, Objective.EvidenceLowerBound, e.Samples, estimates, problem.Units, seed,
                token),
            e.Variance(problem), e.IsLimit))], score);
    }

    /// <param name="Distance">delta.</param>
    /// <param name="Problem">q and the posterior.</param>
    /// <param name="Lines">One for each estimator.</param>
    /// <param name="Score">The score itself.</param>
    public sealed record Point(double Distance, GaussianPosterior Problem, IReadOnlyList<Line> Lines, MeasuredEstimator Score)
    {
        public JsonObject ToJson() => new()
        {
            ["distance"] = Distance,
            ["mean"] = Json.Number(Problem.Mean),
            ["standard_deviation"] = Json.Number(Problem.Scale),
            ["gradient_mean"] = Json.Number(Problem.Gradient[0]),
            ["gradient_log_standard_deviation"] = Json.Number(Problem.Gradient[1]),
            ["estimators"] = new JsonArray([.. Lines.Select(l => l.ToJson(Problem.Gradient))]),
            ["expected_score"] = new JsonObject
            {
                ["mean"] = Score.ToJson(0, 0, 1 / (Problem.Scale * Problem.Scale)),
                ["log_standard_deviation"] = Score.ToJson(1, 0, 2),
            },
        };
    }

    /// <param name="Measured">The moments.</param>
    /// <param name="Variance">In closed form, for mu and log s.</param>
    /// <param name="IsLimit">Whether that is of infinitely many samples, from which the baseline or multiple is known.</param>
    public sealed record Line(MeasuredEstimator Measured, double[] Variance, bool IsLimit)
    {
        public JsonObject ToJson(double[] gradient) => new()
        {
            ["name"] = Measured.Name,
            ["samples"] = Measured.Samples,
            ["estimates"] = Measured.Estimates,
            ["variance_exact_is_limit"] = IsLimit,
            ["mean"] = Measured.ToJson(0, gradient[0], Variance[0]),
            ["log_standard_deviation"] = Measured.ToJson(1, gradient[1], Variance[1]),
        };
    }

    private sealed record Entry(GradientEstimator Estimator, int Samples, Func<GaussianPosterior, double[]> Variance, bool IsLimit = false);
}
