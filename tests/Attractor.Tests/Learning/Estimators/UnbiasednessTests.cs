using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Learning.Estimators;

/// <summary>A million samples of every estimator on targets whose gradients are known: the mean lies within four standard errors.</summary>
public sealed class UnbiasednessTests
{
    private const int Samples = 1_000_000;

    private static readonly GaussianProblem s_gaussian = new(Mu: 0.7, S: 0.6, M: -0.2, T: 0.9);

    private static readonly GradientEstimator[] s_ofExpectations =
    [
        GradientEstimator.ScoreFunction,
        GradientEstimator.ScoreFunctionLeaveOneOut,
        GradientEstimator.ScoreFunctionOptimalBaseline,
        GradientEstimator.PathDerivative,
    ];

    private static readonly GradientEstimator[] s_ofBounds =
    [
        .. s_ofExpectations,
        GradientEstimator.StickingTheLanding,
        GradientEstimator.TotalDerivative,
        GradientEstimator.ClosedFormEntropy,
        GradientEstimator.ScoreControlVariate(0.4),
        GradientEstimator.OptimalScoreControlVariate, GradientEstimator.ImportanceWeighted, GradientEstimator.DoublyReparameterized,
    ];

    private sealed record Problem(
        IMultivariateDistribution Q,
        TargetFunction Target,
        Objective Objective,
        double[] Gradient,
        GradientEstimator[] Estimators,
        double? Value = null);

    private static readonly Dictionary<string, Problem> s_problems = new()
    {
        // E[x^2 + sin x] = mu^2 + s^2 + e^(-s^2/2) sin mu.
        ["x^2 + sin x under a normal"] = new(
            new DiagonalGaussian([0.4], [0.8]), TargetFunction.OnTape(1, (_, z) => z.Square() + z.Sin()), Objective.Expectation,
            [0.8 + (Math.Exp(-0.32) * Math.Cos(0.4)), 1.6 - (0.8 * Math.Exp(-0.32) * Math.Sin(0.4))],
            s_ofExpectations,
            0.16 + 0.64 + (Math.Exp(-0.32) * Math.Sin(0.4))),
        // E[x] = a / b, E[log x] = psi(a) - log b.
        ["x - log x under a gamma distribution"] = new(
            new ReparameterizedIndependent<Gamma>(new Gamma(2.3, 1.7)),
            TargetFunction.OnTape(1, (_, z) => z - z.Log()),
            Objective.Expectation,
            [(1 / 1.7) - Trigamma.Of(2.3), (-2.3 / (1.7 * 1.7)) + (1 / 1.7)], s_ofExpectations),
        // E[x^2] = a (a + 1) / ((a + b) (a + b + 1)), by the quotient rule.
        ["x^2 under a beta distribution"] = new(
            new ReparameterizedIndependent<Beta>(new Beta(1.5, 2.5)), TargetFunction.OnTape(1, (_, z) => z.Square()), Objective.Expectation,
            [((4 * 20) - (3.75 * 9)) / 400.0, -3.75 * 9 / 400.0], s_ofExpectations),
        // E[x^2] = 2 / rate^2.
        ["x^2 under an exponential distribution"] = new(
            new ReparameterizedIndependent<Attractor.Probability.Exponential>(new Attractor.Probability.Exponential(1.3)),
            TargetFunction.OnTape(1, (_, z) => z.Square()),
            Objective.Expectation,
            [-4 / (1.3 * 1.3 * 1.3)],
            s_ofExpectations),
        // E[x_1 x_2] = a_1 a_2 / (a (a + 1)).
        ["x1 x2 under a Dirichlet distribution"] = new(
            new Dirichlet([0.8, 1.2, 2]),
            TargetFunction.OnTape(3, (_, z) => z.SliceColumns(0, 1) * z.SliceColumns(1, 1)),
            Objective.Expectation,
            [(1.2 / 20) - (0.96 * 9 / 400), (0.8 / 20) - (0.96 * 9 / 400), -0.96 * 9 / 400], s_ofExpectations),
        // E[x^2] = rate + rate^2: discrete, so the score alone.
        ["x^2 under a Poisson distribution"] = new(
            new Independent<Poisson>(new Poisson(2.2)),
            TargetFunction.Of(1, (z, _) => z[0] * z[0]),
            Objective.Expectation,
            [1 + 4.4],
            [.. s_ofExpectations[..3]]),
        // Exact by enumeration: p_k (f_k - E f).
        ["a table under a categorical distribution"] = new(
            new OneHotCategorical([0.2, -0.4, 0.9], 3),
            Table([1, 3, -2]),
            Objective.Expectation,
            TableGradient([0.2, -0.4, 0.9], [1, 3, -2]),
            [.. s_ofExpectations[..3]]),
        ["the bound of a Gaussian posterior"] = new(
            s_gaussian.Q, s_gaussian.LogJoint, Objective.EvidenceLowerBound, s_gaussian.Gradient, s_ofBounds, s_gaussian.Bound),
        // Full rank against a Gaussian of precision P: d bound / dm = -P (m - c), d bound / dL = lower(-P L + L^-T).
        ["the bound of a correlated Gaussian posterior"] = new(
            new Gaussian([0.5, -0.3], [0.9, 0, 0.4, 0.7]), Quadratic([2, 0.6, 0.6, 1]), Objective.EvidenceLowerBound,
            [-((2 * 0.5) + (0.6 * -0.3)), -((0.6 * 0.5) + -0.3), -((2 * 0.9) + (0.6 * 0.4)) + (1 / 0.9), -((0.6 * 0.9) + 0.4), -0.7
                + (1 / 0.7)],
            s_ofBounds),
        // KL(Gamma(a, b) || Gamma(c, d)) and its gradient in a and b.
        ["the bound of a gamma posterior"] = new(
            new ReparameterizedIndependent<Gamma>(new Gamma(3, 2)),
            TargetFunction.OnTape(1, (_, z) => z.Log() - (z * 0.5)),
            Objective.EvidenceLowerBound,
            [-(((3 - 2) * Trigamma.Of(3)) + ((0.5 - 2) / 2)), -((2 / 2.0) - (3 * 0.5 / 4))], s_ofBounds),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string name, Problem problem) in s_problems)
                foreach (GradientEstimator estimator in problem.Estimators)
                    cases.Add(name, estimator.Name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_mean_is_the_gradient(string name, string estimatorName)
    {
        Problem problem = s_problems[name];
        GradientEstimator estimator = problem.Estimators.First(e => e.Name == estimatorName);
        // The importance-weighted bound of one sample is the bound; with more it is another function, see ImportanceWeightedTests.
        int samples = estimator.FewestSamples;
        EstimatorStatistics measured = EstimatorStatistics.Measure(
            estimator, problem.Q, problem.Target, problem.Objective, Samples / samples, samples, seed: 11);
        Assert.InRange(Confidence.Distance(measured, problem.Gradient), 0, 4);
        Assert.True(estimator.IsUnbiased);
        if (problem.Value is { } value)
            Assert.InRange(Math.Abs(measured.Objective - value), 0, 4 * Math.Sqrt(measured.ObjectiveVariance / measured.Estimates));
    }

    [Fact]
    public void A_broken_estimator_is_caught()
    {
        // The score with the wrong sign, the entropy's gradient forgotten, a tenth of a baseline that depends on the sample itself.
        foreach (Broken broken in (Broken[])[new("wrong sign"), new("no entropy"), new("own baseline")])
        {
            EstimatorStatistics measured = EstimatorStatistics.Measure(
                broken, s_gaussian.Q, s_gaussian.LogJoint, Objective.EvidenceLowerBound, Samples, 1, seed: 11);
            Assert.True(Confidence.Distance(measured, s_gaussian.Gradient) > 8, broken.Name);
        }
    }

    [Fact]
    public void Relaxed_estimators_are_biased_and_say_so()
    {
        double[] logits = [0.2, -0.4, 0.9], table = [1, 3, -2];
        OneHotCategorical q = new(logits, 3);
        // Not linear in the one-hot vector, so that the relaxation shows.
        TargetFunction squared = TargetFunction.OnTape(3, (tape, z) => (z * tape.Constant(new(1, 3), [1, 2, 3])).SumOverColumns().Square());
        double[] exact = TableGradient(logits, [1, 4, 9]);
        foreach (GradientEstimator estimator
            in (GradientEstimator[])[GradientEstimator.GumbelSoftmax(1), GradientEstimator.StraightThrough(1)])
        {
            EstimatorStatistics measured = EstimatorStatistics.Measure(estimator, q, squared, Objective.Expectation, Samples, 1, seed: 3);
            Assert.False(estimator.IsUnbiased);
            Assert.True(Confidence.Distance(measured, exact) > 8, estimator.Name);
            // It points where the gradient does all the same.
            Assert.True(measured.Mean.Zip(exact, (a, b) => a * b).Sum() > 0);
        }
        // The bias falls with the temperature.
        double Bias(double temperature)
        {
            EstimatorStatistics measured = EstimatorStatistics.Measure(
                GradientEstimator.GumbelSoftmax(temperature), q, squared, Objective.Expectation, Samples, 1, seed: 4);
            return Math.Sqrt(measured.Mean.Zip(exact, (a, b) => (a - b) * (a - b)).Sum());
        }

        Assert.True(Bias(0.25) < 0.5 * Bias(1));
    }

    [Fact]
    public void Gumbel_softmax_takes_the_gradient_of_its_own_expectation()
    {
        // With frozen noise it is an ordinary gradient: central differences of the mean of f over the same noise.
        double[] logits = [0.2, -0.4, 0.9];
        TargetFunction f = TargetFunction.OnTape(3, (tape, z) => (z * tape.Constant(new(1, 3), [1, 2, 3])).SumOverColumns().Square());
        GradientCheck check = Gradient.Check(
            x =>
            {
                double[] gradient = new double[3];
                double value = GradientEstimator.GumbelSoftmax(0.7).Estimate(
                    new OneHotCategorical(x, 3), f, Objective.EvidenceLowerBound, 50, new RandomStream(1, "frozen"), gradient);
                return (value, gradient);
            },
            logits);
        Assert.InRange(check.RelativeError, 0, 1e-8);
    }

    [Theory]
    [InlineData("path derivative")]
    [InlineData("closed-form entropy")]
    [InlineData("total derivative")]
    public void With_frozen_noise_a_path_derivative_is_an_ordinary_gradient(string name)
    {
        // Of sum f for the path derivative of an expectation; of the estimate of the bound itself for the others.
        GradientEstimator estimator = s_ofBounds.First(e => e.Name == name);
        Objective objective = name == "path derivative" ? Objective.Expectation : Objective.EvidenceLowerBound;
        TargetFunction f = TargetFunction.OnTape(2, (_, z) => (z.Square() * -0.3 + z.Sin()).SumOverColumns());
        GradientCheck check = Gradient.Check(
            x =>
            {
                double[] gradient = new double[5];
                double value = estimator.Estimate(
                    new Gaussian(x.AsSpan(0, 2), [x[2], 0, x[3], x[4]]), f, objective, 20, new RandomStream(1, "frozen"), gradient);
                return (value, gradient);
            },
            [0.5, -0.2, 0.8, 0.3, 1.1]);
        Assert.InRange(check.RelativeError, 0, 1e-7);
    }

    private static TargetFunction Table(double[] values) => TargetFunction.Of(values.Length, (z, gradient) =>
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += values[i] * z[i];
        values.AsSpan(0, gradient.Length).CopyTo(gradient);
        return sum;
    });

    private static double[] TableGradient(double[] logits, double[] values)
    {
        double[] weights = [.. logits.Select(Math.Exp)], p = [.. weights.Select(w => w / weights.Sum())];
        double mean = p.Zip(values, (a, b) => a * b).Sum();
        return [.. p.Zip(values, (a, b) => a * (b - mean))];
    }

    // -z'Pz/2
    private static TargetFunction Quadratic(double[] precision)
        => TargetFunction.OnTape(
            2, (tape, z) => (Variable<double>.Product(z, tape.Constant(new(2, 2), precision)) * z).SumOverColumns() * -0.5);

    private sealed class Broken(string how) : GradientEstimator
    {
        public override string Name => how;

        internal override double Combine(in SampleGroup group, Span<double> gradient)
        {
            switch (how)
            {
                case "wrong sign":
                    AddScaled(gradient, -group.Integrand(0), group.Score(0));
                    break;
                case "no entropy":
                    AddScaled(gradient, 1, group.Pullback(0, group.TargetGradient(0)));
                    break;
                default:
                    AddScaled(gradient, 0.9 * group.Integrand(0), group.Score(0));
                    break;
            }
            return 0;
        }
    }
}
