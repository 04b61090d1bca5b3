using Attractor.Learning;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>Whose gradient is estimated, and how often.</summary>
/// <param name="Function">f, or the log joint density, of one variable.</param>
/// <param name="Objective">Whose gradient.</param>
/// <param name="Samples">Samples of an estimate, of those estimators that need several.</param>
/// <param name="Estimates">How many estimates.</param>
/// <param name="Seed">Seed of all samples.</param>
internal sealed record EstimatorRequest(LogDensity Function, Objective Objective, int Samples, int Estimates, ulong Seed)
{
    /// <summary>All that the library has for the objective.</summary>
    public IReadOnlyList<GradientEstimator> Estimators => Objective == Objective.Expectation
        ?
        [
            GradientEstimator.ScoreFunction, GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.ScoreFunctionOptimalBaseline,
            GradientEstimator.PathDerivative,
        ]
        :
        [
            GradientEstimator.ScoreFunction, GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.ScoreFunctionOptimalBaseline,
            GradientEstimator.TotalDerivative, GradientEstimator.ClosedFormEntropy, GradientEstimator.StickingTheLanding,
            GradientEstimator.OptimalScoreControlVariate,
        ];

    /// <summary>Estimates from the same number of samples each, for a histogram.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="q">The Gaussian.</param>
    /// <param name="count">How many.</param>
    /// <returns>By the mean, and by the logarithm of the deviation.</returns>
    public double[][] Draw(GradientEstimator estimator, DiagonalGaussian q, int count)
    {
        double[] gradients = new double[2 * count], objectives = new double[count];
        estimator.Estimate(
            q, Function.ToTarget(), Objective, Samples, new Numerics.RandomStream(Seed, "histogram"), gradients, objectives);
        return
        [
            [.. Enumerable.Range(0, count).Select(i => gradients[2 * i])],
            [.. Enumerable.Range(0, count).Select(i => q.StandardDeviation[0] * gradients[(2 * i) + 1])],
        ];
    }
}
