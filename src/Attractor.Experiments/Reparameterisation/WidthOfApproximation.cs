using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Sticking the landing beside the total derivative over the width of q: below s^2 = t^2 / 2 it is the worse one.</summary>
internal static class WidthOfApproximation
{
    /// <summary>s / t where the variances are equal, for both parameters.</summary>
    public static double Crossing { get; } = Math.Sqrt(0.5);

    // (mu - m) / t.
    private const double Shift = 0.1;

    /// <summary>s / t; 0.6 is s^2 = 0.36 t^2.</summary>
    public static IReadOnlyList<double> Widths { get; } = [0.2, 0.3, 0.4, 0.5, 0.6, Crossing, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6];

    public static GaussianPosterior Problem(double width)
        => new(GaussianPosterior.PosteriorMean + (Shift * GaussianPosterior.PosteriorScale), width * GaussianPosterior.PosteriorScale);

    public static Point Measure(double width, int estimates, ulong seed, CancellationToken token)
    {
        GaussianPosterior problem = Problem(width);
        return new(
            width,
            problem,
            Of(GradientEstimator.StickingTheLanding),
            Of(GradientEstimator.TotalDerivative),
            Of(GradientEstimator.ScoreControlVariate(1 - problem.Ratio)));

        MeasuredEstimator Of(GradientEstimator estimator)
            => MeasuredEstimator.Of(
                estimator, problem.Q, GaussianPosterior.LogJoint, Objective.EvidenceLowerBound, 1, estimates, problem.Units, seed, token);
    }

    /// <param name="Width">s / t.</param>
    /// <param name="Problem">q and the posterior.</param>
    /// <param name="Landing">Sticking the landing.</param>
    /// <param name="Total">The total derivative.</param>
    /// <param name="Best">The path derivative less the best multiple of the score, known.</param>
    public sealed record Point(
        double Width, GaussianPosterior Problem, MeasuredEstimator Landing, MeasuredEstimator Total, MeasuredEstimator Best)
    {
        public JsonObject ToJson() => new()
        {
            ["width"] = Json.Number(Width),
            ["sticking_the_landing"] = ToJson(Landing, 0),
            ["total_derivative"] = ToJson(Total, 1),
            ["best_multiple_of_the_score"] = ToJson(Best, 1 - Problem.Ratio),
        };

        private JsonObject ToJson(MeasuredEstimator measured, double multiple) => new()
        {
            ["multiple"] = Json.Number(multiple),
            ["mean"] = measured.ToJson(0, Problem.Gradient[0], Problem.VarianceWithScore(multiple)[0]),
            ["log_standard_deviation"] = measured.ToJson(1, Problem.Gradient[1], Problem.VarianceWithScore(multiple)[1]),
        };
    }
}
