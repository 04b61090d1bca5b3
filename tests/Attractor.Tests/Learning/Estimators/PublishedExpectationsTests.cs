using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Estimators;

/// <summary>Numbers that other systems' tests hold themselves to, or that follow from their models in closed form.</summary>
public sealed class PublishedExpectationsTests
{
    private const int Samples = 400_000;

    public static TheoryData<string> PathAndScore => ["path derivative", "score function"];

    [Theory]
    [MemberData(nameof(PathAndScore))]
    public void Constants_sums_and_squares_under_a_normal_have_their_gradients(string estimator)
    {
        // f = 1: 0; f = sum x: 1 for the means, 0 for the scales; f = sum x^2: 2 mu and, for log sigma, 2 sigma^2.
        double[] mean = [0.7, -1.2], deviation = [0.5, 1.5];
        (TargetFunction F, double[] Gradient)[] functions =
        [
            (TargetFunction.Of(2, (_, g) => { g.Clear(); return 1; }), [0, 0, 0, 0]),
            (TargetFunction.OnTape(2, (_, z) => z.SumOverColumns()), [1, 1, 0, 0]),
            (TargetFunction.OnTape(2, (_, z) => z.Square().SumOverColumns()), [1.4, -2.4, 2 * 0.5, 2 * 1.5]),
        ];
        foreach ((TargetFunction f, double[] gradient) in functions)
        {
            EstimatorStatistics measured = EstimatorStatistics.Measure(
                Named(estimator), new DiagonalGaussian(mean, deviation), f, Objective.Expectation, Samples, 1, seed: 2);
            Assert.InRange(Confidence.Distance(measured, gradient), 0, 4);
        }
    }

    [Theory]
    [MemberData(nameof(PathAndScore))]
    public void Two_observations_of_two_latent_means_pull_where_they_are(string estimator)
    {
        // z_i ~ N(0, 1), x_i ~ N(z_i, 1), x = (-0.5, 2), q = N(0, 1): the bound moves by (-0.5, 2) in the means and by -1 in each
        // deviation, that is -2 if they are one.
        double[] x = [-0.5, 2];
        TargetFunction logJoint = TargetFunction.OnTape(
            2, (tape, z) => (z.Square() + (z - tape.Constant(new(1, 2), x)).Square()).SumOverColumns() * -0.5);
        EstimatorStatistics measured = EstimatorStatistics.Measure(
            Named(estimator), new DiagonalGaussian([0, 0], [1, 1]), logJoint, Objective.EvidenceLowerBound, Samples, 1, seed: 3);
        Assert.InRange(Confidence.Distance(measured, [-0.5, 2, -1, -1]), 0, 4);
    }

    [Fact]
    public void Two_observations_of_a_mean_have_their_bound()
    {
        // y = (1.6, 1.4), mean ~ N(1.5, 1), y ~ N(mean, 1), q = N(1.88, 1).
        TargetFunction logJoint = TargetFunction.OnTape(
            1, (_, z) => ((z - 1.5).Square() + (z - 1.6).Square() + (z - 1.4).Square()) * -0.5 - (1.5 * Math.Log(2 * Math.PI)));
        EstimatorStatistics measured = EstimatorStatistics.Measure(
            GradientEstimator.ClosedFormEntropy,
            new DiagonalGaussian([1.88], [1]),
            logJoint,
            Objective.EvidenceLowerBound,
            Samples,
            1,
            seed: 4);
        Assert.InRange(Math.Abs(measured.Objective - -3.064477), 0, 4 * Math.Sqrt(measured.ObjectiveVariance / Samples));
    }

    [Fact]
    public void At_the_posterior_of_a_linear_decoder_every_sample_gives_the_evidence_and_no_gradient()
    {
        // z ~ N(0, I), x = W z + noise of variance 0.5 with W = [[1, 0], [0, 2], [1, 0]]: the posterior is diagonal.
        double[] w = [1, 0, 0, 2, 1, 0], x = [0.3, -1.2, 0.8];
        TargetFunction logJoint = TargetFunction.OnTape(2, (tape, z) =>
        {
            Variable<double> residual =
                tape.Constant(new(1, 3), x) - Variable<double>.Product(z, tape.Constant(new(3, 2), w), transposeB: true);
            return (residual.Square().SumOverColumns() * -1)
                - (z.Square().SumOverColumns() * 0.5) - (1.5 * Math.Log(Math.PI)) - Math.Log(2 * Math.PI);
        });
        DiagonalGaussian posterior = new([0.44, -2.4 / 4.5], [Math.Sqrt(0.2), Math.Sqrt(1 / 9.0)]);
        EstimatorStatistics measured = EstimatorStatistics.Measure(
            GradientEstimator.StickingTheLanding, posterior, logJoint, Objective.EvidenceLowerBound, 1000, 1);
        Assert.Equal(-4.026426073659, measured.Objective, 1e-11);
        Assert.InRange(measured.ObjectiveVariance, 0, 1e-24);
        Assert.All(measured.Mean, g => Assert.Equal(0, g, 1e-12));
        Assert.All(measured.Variance, v => Assert.InRange(v, 0, 1e-24));
    }

    [Fact]
    public void Straight_through_gradients_lead_a_categorical_distribution_to_the_uniform_one()
    {
        // From q = (0.1, 0.2, 0.3, 0.4) at temperature 0.1: within 0.01 after 6000 steps.
        double[] logits = [Math.Log(0.1), Math.Log(0.2), Math.Log(0.3), Math.Log(0.4)], gradient = new double[4];
        TargetFunction logJoint = TargetFunction.Of(4, (_, g) => { g.Clear(); return Math.Log(0.25); });
        GradientEstimator estimator = GradientEstimator.StraightThrough(0.1);
        RandomStream random = new(1, "straight through");
        for (int step = 0; step < 6000; step++)
        {
            estimator.Estimate(new OneHotCategorical(logits, 4), logJoint, Objective.EvidenceLowerBound, 1, random, gradient);
            for (int i = 0; i < 4; i++)
                logits[i] += 0.01 * gradient[i];
        }
        foreach (double p in new OneHotCategorical(logits, 4).Mean)
            Assert.Equal(0.25, p, 0.01);
    }

    private static GradientEstimator Named(string name)
        => name == "score function" ? GradientEstimator.ScoreFunction : GradientEstimator.PathDerivative;
}
