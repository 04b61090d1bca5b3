using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Mixtures.Bound;

/// <summary>The evidence log p(x) of few rows, by summing over all assignments: what the bound is a bound of.</summary>
[Trait("Registers", "Any")]
public sealed class ExactEvidenceTests
{
    private static readonly TimeSeries s_rows = new(
        [
            0.3, -0.8, 2, 1, 0, 2.1, 1.7, 7, 0, 2, 1.6, double.NaN, double.NaN, 1, 1, 2.4, 1.1, 9, 0, 2, -0.2, 0.1, 1, 1, double.NaN, 0.9,
            0.2, 4, 1, 0
        ],
        5,
        1,
        ["x", "y", "count", "binary", "category"]);

    private static readonly Dictionary<string, ConjugateBlock[]> s_blocks = new()
    {
        ["known precision"] = [new GaussianMeanBlock(["x", "y"], 1.3, [0.5, 0.2], 0.2)],
        ["normal-gamma"] = [new NormalGammaBlock(["x", "y"], [0.5, 0.2], 0.4, 1.2, 0.8)],
        ["normal-wishart"] = [new NormalWishartBlock(["x", "y"], [1.1, 0.3, 0.3, 0.9], [0.5, 0.2], 0.4, 2.7)],
        ["poisson"] = [new PoissonBlock("count", 1.4, 0.2)],
        ["bernoulli"] = [new BernoulliBlock("binary", 0.9, 1.6)],
        ["categorical"] = [new CategoricalBlock("category", ["a", "b", "c"], 0.8)],
        ["all"] =
        [
            new NormalWishartBlock(["x", "y"], [1.1, 0.3, 0.3, 0.9]),
            new PoissonBlock("count"),
            new BernoulliBlock("binary"),
            new CategoricalBlock("category", ["a", "b", "c"])
        ],
    };

    public static TheoryData<string> Kinds => [.. s_blocks.Keys];

    [Fact]
    public void The_evidence_of_the_earthquake_example_is_the_one_computed_elsewhere_and_above_the_bound()
    {
        Mixture model = EarthquakeExample.Model();
        Assert.Equal(-48.0552443471456, ConjugateEvidence.Enumerate(model, EarthquakeExample.Rows), 1e-11);
        Assert.Equal(
            -49.2732396861735,
            CoordinateAscent.Fit(model, EarthquakeExample.Rows, new() { Responsibilities = EarthquakeExample.Start }).Elbo,
            1e-9);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_bound_is_above_the_evidence(string kind)
    {
        foreach (MixtureWeights weights in (MixtureWeights[])[
            MixtureWeights.Fixed([0.2, 0.3, 0.5]), MixtureWeights.Dirichlet(0.4), MixtureWeights.Dirichlet([0.5, 1, 3])
        ])
        {
            Mixture model = new(3, s_blocks[kind], weights);
            double evidence = ConjugateEvidence.Enumerate(model, s_rows);
            foreach (MixtureStart start in Enum.GetValues<MixtureStart>())
            {
                MixtureFit fit = CoordinateAscent.Fit(model, s_rows, new() { Start = start, Restarts = 20 });
                Assert.True(fit.Elbo < evidence, $"{start}: the bound is {fit.Elbo}, the evidence {evidence}");
                Assert.All(fit.Traces, trace => Assert.All(trace, bound => Assert.True(bound <= fit.Elbo + 1e-9 && bound < evidence)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_one_component_the_bound_is_the_evidence(string kind)
    {
        foreach (MixtureWeights weights in (MixtureWeights[])[MixtureWeights.Uniform, MixtureWeights.Dirichlet(0.4)])
        {
            Mixture model = new(1, s_blocks[kind], weights);
            MixtureFit fit = CoordinateAscent.Fit(model, s_rows);
            Assert.Equal(ConjugateEvidence.Enumerate(model, s_rows), fit.Elbo, 1e-11 * Math.Abs(fit.Elbo));
            Assert.True(fit.Converged);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_one_component_the_bound_is_the_sum_of_the_log_predictives_of_each_row_given_those_before(string kind)
    {
        double sum = new Mixture(1, s_blocks[kind]).LogPredictive(s_rows.Slice(0, 1))[0];
        for (int n = 1; n < s_rows.Length; n++)
            sum += CoordinateAscent.Fit(new(1, s_blocks[kind]), s_rows.Slice(0, n)).Mixture.LogPredictive(s_rows.Slice(n, 1))[0];
        Assert.Equal(sum, CoordinateAscent.Fit(new(1, s_blocks[kind]), s_rows).Elbo, 1e-11 * Math.Abs(sum));
    }

    [Fact]
    public void With_a_shared_precision_the_bound_is_below_the_integral_of_the_evidence_over_it()
    {
        ConjugateBlock[] blocks = [new GaussianMeanBlock(["x", "y"], 1.5, 0.7, [0.5, 0.2], 0.2)];
        double evidence = OverPrecision(
            1.5, 0.7, tau => ConjugateEvidence.Enumerate(new(2, [new GaussianMeanBlock(["x", "y"], tau, [0.5, 0.2], 0.2)]), s_rows));
        foreach (MixtureStart start in Enum.GetValues<MixtureStart>())
        {
            double bound = CoordinateAscent.Fit(new(2, blocks), s_rows, new() { Start = start }).Elbo;
            Assert.InRange(bound, evidence - 3, evidence - 0.01);
        }
    }

    [Fact]
    public void Two_points_of_a_Gaussian_whose_mean_and_precision_are_unknown()
    {
        // The posterior is that of Infer.NET's test of the same model.
        TimeSeries rows = new([5, 7], 1, 1, ["x"]);
        Mixture model = new(1, [new GaussianMeanBlock(["x"], 1, 1, [0], 0.01)]);
        MixtureFit fit = CoordinateAscent.Fit(model, rows, new() { Tolerance = 1e-15, CountTolerance = 1e-15 });
        GaussianMeanPosterior q = (GaussianMeanPosterior)model.Posteriors[0];
        Assert.True(fit.Converged);
        Assert.Equal(5.9603207170807826, q.Mean(0)[0], 1e-7);
        Assert.Equal(0.66132138200164436, 1 / q.PrecisionOfMean(0)[0], 1e-7);
        Assert.Equal(2, q.PrecisionOfPoints!.Value.Shape, 1e-15);
        Assert.Equal(2.6628958274937107, q.PrecisionOfPoints.Value.Rate, 1e-7);
        Assert.Equal(-5.986981932514, fit.Elbo, 1e-11);
        double evidence = OverPrecision(
            1, 1, tau => ConjugateEvidence.Enumerate(new(1, [new GaussianMeanBlock(["x"], tau, [0], 0.01)]), rows));
        Assert.Equal(-5.8332848, evidence, 1e-7);
    }

    [Fact]
    public void In_one_dimension_a_normal_Wishart_is_a_normal_gamma()
    {
        // Wishart(W, v) of one dimension is Gamma(v / 2, rate 1 / (2 W)).
        Mixture wishart = new(3, [new NormalWishartBlock(["x"], [1.6], [0.4], 0.3, 2.4)]),
            gamma = new(3, [new NormalGammaBlock(["x"], [0.4], 0.3, 1.2, 0.8)]);
        double[,] start = MixtureCase.Of("normal-wishart, D = 2, missing").Start;
        double[] x = [.. Enumerable.Range(0, start.GetLength(0)).Select(n => n == 4 ? double.NaN : (n % 3 * 2.5) + Math.Sin(n))];
        TimeSeries rows = new(x, 1, 1, ["x"]);
        MixtureFit a = CoordinateAscent.Fit(wishart, rows, new() { Responsibilities = start }),
            b = CoordinateAscent.Fit(gamma, rows, new() { Responsibilities = start });
        Assert.Equal(a.Trace.Count, b.Trace.Count);
        Assert.All(a.Trace.Zip(b.Trace), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.All(wishart.LogPredictive(rows).Zip(gamma.LogPredictive(rows)), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    // log of the integral of Gamma(tau; shape, rate) exp(log evidence given tau), by the trapezoidal rule over log tau.
    private static double OverPrecision(double shape, double rate, Func<double, double> logEvidence)
    {
        double step = 0.05;
        return LogSumExp.Of([.. Enumerable.Range(0, 500)
            .Select(i => -20 + (i * step))
            .Select(u => (shape * (u + Math.Log(rate))) - (rate * Math.Exp(u)) - LogGamma.Of(shape) + logEvidence(Math.Exp(u)))])
            + Math.Log(step);
    }
}
