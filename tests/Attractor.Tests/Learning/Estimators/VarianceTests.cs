using Attractor.Learning;

namespace Attractor.Tests.Learning.Estimators;

/// <summary>The variances of the estimators against their closed forms for Gaussians.</summary>
public sealed class VarianceTests
{
    private const int Samples = 400_000;

    public static TheoryData<double, double, double, double> Problems => new()
    {
        { 0.7, 0.6, -0.2, 0.9 }, { 0.1, 1.0, 0, 1.0 }, { 0, 0.5, 0, 1.0 }, { 0.3, 0.65, 0, 1.0 }, { 0.3, 0.75, 0, 1.0 }, { 2, 1.4, 1, 0.8 },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void They_are_what_theory_says(double mu, double s, double m, double t)
    {
        GaussianProblem problem = new(mu, s, m, t);
        AssertVariances(problem, GradientEstimator.StickingTheLanding, problem.VarianceOfPath);
        AssertVariances(problem, GradientEstimator.TotalDerivative, problem.VarianceOfTotal);
        AssertVariances(problem, GradientEstimator.ClosedFormEntropy, problem.VarianceOfTotal);
        AssertVariances(problem, GradientEstimator.ScoreControlVariate(0.3), problem.VarianceWith(0.3));
        AssertVariances(problem, GradientEstimator.ScoreControlVariate(1 - problem.Ratio), problem.VarianceWith(1 - problem.Ratio));
    }

    [Fact]
    public void Sticking_the_landing_has_no_variance_at_the_posterior_and_the_total_derivative_has()
    {
        GaussianProblem problem = new(0.3, 0.8, 0.3, 0.8);
        EstimatorStatistics landing = Measure(problem, GradientEstimator.StickingTheLanding),
            total = Measure(problem, GradientEstimator.TotalDerivative);
        Assert.All(landing.Variance, v => Assert.InRange(v, 0, 1e-20));
        Assert.All(total.Variance, v => Assert.True(v > 1));
        // And so has the doubly reparameterised one of any number of samples.
        EstimatorStatistics doubly = EstimatorStatistics.Measure(
            GradientEstimator.DoublyReparameterized, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 1000, 10);
        Assert.All(doubly.Variance, v => Assert.InRange(v, 0, 1e-20));
        Assert.Equal(0, doubly.Objective, 1e-12);
    }

    [Theory]
    [InlineData(0.6, true)]
    [InlineData(0.75, false)]
    public void Sticking_the_landing_is_the_worse_one_below_half_the_variance_of_the_posterior(double s, bool worse)
    {
        GaussianProblem problem = new(0.2, s, 0, 1);
        EstimatorStatistics landing = Measure(problem, GradientEstimator.StickingTheLanding),
            total = Measure(problem, GradientEstimator.TotalDerivative);
        for (int j = 0; j < 2; j++)
            Assert.Equal(worse, landing.Variance[j] > total.Variance[j]);
    }

    [Fact]
    public void The_optimal_multiple_of_the_score_is_found_from_the_samples()
    {
        // Averaged over n samples the variance is that of the best multiple over n, up to what estimating it costs.
        GaussianProblem problem = new(0.7, 0.6, -0.2, 0.9);
        const int n = 200;
        EstimatorStatistics measured = EstimatorStatistics.Measure(
            GradientEstimator.OptimalScoreControlVariate, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 5000, n, seed: 5);
        double[] best = problem.VarianceWith(1 - problem.Ratio);
        // The derivative with respect to mu is constant once the score is off, up to rounding.
        Assert.InRange(measured.Variance[0], 0, 1e-20);
        Assert.InRange(measured.Variance[1] * n / best[1], 0.9, 1.15);
    }

    [Fact]
    public void A_baseline_lowers_the_variance_of_the_score_function_by_what_theory_says()
    {
        // At the posterior the integrand is the constant log p(x) = c: variance c^2/s^2 and 2c^2/s^2, and none with its mean taken off.
        GaussianProblem problem = new(0, 1.3, 0, 1.3);
        TargetFunction shifted = TargetFunction.Of(1, (z, gradient) => Value(problem, z) + 2.5);
        EstimatorStatistics plain = EstimatorStatistics.Measure(
            GradientEstimator.ScoreFunction, problem.Q, shifted, Objective.EvidenceLowerBound, Samples, 1);
        Confidence.AssertVariance(2.5 * 2.5 / 1.69, plain.Variance[0], Samples);
        Confidence.AssertVariance(2 * 2.5 * 2.5 / 1.69, plain.Variance[1], Samples, kurtosis: 60);
        foreach (GradientEstimator estimator
            in (GradientEstimator[])[GradientEstimator.ScoreFunctionLeaveOneOut, GradientEstimator.ScoreFunctionOptimalBaseline])
            Assert.All(
                EstimatorStatistics.Measure(estimator, problem.Q, shifted, Objective.EvidenceLowerBound, 1000, 10).Variance,
                v => Assert.InRange(v, 0, 1e-24));
    }

    [Fact]
    public void The_doubly_reparameterised_gradient_is_not_always_the_better_one()
    {
        // Target N(2, 3^2), q = N(-3, 1), K = 10: the same means, but standard deviations of 0.20 in place of 0.03 (location) and 0.37 in
        // place of 0.075 (unconstrained scale).
        GaussianProblem problem = new(-3, 1, 2, 3);
        EstimatorStatistics weighted = EstimatorStatistics.Measure(
            GradientEstimator.ImportanceWeighted, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 100_000, 10, seed: 1);
        EstimatorStatistics doubly = EstimatorStatistics.Measure(
            GradientEstimator.DoublyReparameterized, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 100_000, 10, seed: 2);
        for (int j = 0; j < 2; j++)
        {
            Assert.True(doubly.Variance[j] > weighted.Variance[j]);
            double error = Math.Sqrt((doubly.Variance[j] + weighted.Variance[j]) / 100_000);
            Assert.InRange(doubly.Mean[j] - weighted.Mean[j], -4 * error, 4 * error);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void Both_gradients_of_the_importance_weighted_bound_have_the_same_mean(int k)
    {
        GaussianProblem problem = new(0.5, 1.2, 0, 1);
        EstimatorStatistics weighted = EstimatorStatistics.Measure(
            GradientEstimator.ImportanceWeighted, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 1_000_000 / k, k, seed: 1);
        EstimatorStatistics doubly = EstimatorStatistics.Measure(
            GradientEstimator.DoublyReparameterized, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 1_000_000 / k, k, seed: 2);
        for (int j = 0; j < 2; j++)
        {
            double error = Math.Sqrt((doubly.Variance[j] + weighted.Variance[j]) / doubly.Estimates);
            Assert.InRange(doubly.Mean[j] - weighted.Mean[j], -4 * error, 4 * error);
            // Close to the posterior it is by far the quieter one.
            Assert.True(doubly.Variance[j] < 0.5 * weighted.Variance[j]);
        }
        // The bound rises towards log p(x) = 0.
        Assert.InRange(doubly.Objective, problem.Bound + 0.05, 0);
    }

    [Fact]
    public void Moments_have_the_same_bits_again_and_the_seed_matters()
    {
        GaussianProblem problem = new(0.5, 1.2, 0, 1);
        EstimatorStatistics Once(ulong seed) => EstimatorStatistics.Measure(
            GradientEstimator.TotalDerivative, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, 20_000, 1, seed);
        Assert.Equal(Once(1).Mean, Once(1).Mean);
        Assert.NotEqual(Once(1).Mean, Once(2).Mean);
    }

    [Fact]
    public void What_an_estimator_cannot_do_it_says()
    {
        GaussianProblem problem = new(0, 1, 0, 1);
        void Throws(
            string part,
            GradientEstimator estimator,
            Attractor.Probability.IMultivariateDistribution q,
            TargetFunction target,
            Objective objective,
            int samples)
            => Assert.Contains(
                part,
                Assert.ThrowsAny<ArgumentException>(
                    () => EstimatorStatistics.Measure(estimator, q, target, objective, 10, samples)).Message,
                StringComparison.Ordinal);
        Throws("needs 2 samples", GradientEstimator.ScoreFunctionLeaveOneOut, problem.Q, problem.LogJoint, Objective.Expectation, 1);
        Throws(
            "is for the evidence lower bound", GradientEstimator.StickingTheLanding, problem.Q, problem.LogJoint, Objective.Expectation, 1);
        Throws(
            "points of 1 components, the distribution has 2",
            GradientEstimator.ScoreFunction,
            new Attractor.Probability.DiagonalGaussian([0, 0], [1, 1]),
            problem.LogJoint,
            Objective.Expectation,
            1);
        Throws("relaxes one-hot", GradientEstimator.GumbelSoftmax(1), problem.Q, problem.LogJoint, Objective.Expectation, 1);
        Throws(
            "moves the samples",
            GradientEstimator.PathDerivative,
            new Attractor.Probability.OneHotCategorical([0, 0], 2),
            TargetFunction.Of(2, (_, _) => 0),
            Objective.Expectation,
            1);
        Assert.Contains(
            "above 0, found 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => GradientEstimator.StraightThrough(0)).Message,
            StringComparison.Ordinal);
    }

    private static void AssertVariances(GaussianProblem problem, GradientEstimator estimator, double[] exact)
    {
        EstimatorStatistics measured = Measure(problem, estimator);
        Confidence.AssertVariance(exact[0], measured.Variance[0], Samples, kurtosis: 3);
        Confidence.AssertVariance(exact[1], measured.Variance[1], Samples);
    }

    private static EstimatorStatistics Measure(GaussianProblem problem, GradientEstimator estimator)
        => EstimatorStatistics.Measure(estimator, problem.Q, problem.LogJoint, Objective.EvidenceLowerBound, Samples, 1, seed: 7);

    private static double Value(GaussianProblem problem, ReadOnlySpan<double> z)
    {
        Span<double> value = stackalloc double[1];
        problem.LogJoint.Evaluate(z, value, []);
        return value[0];
    }
}
