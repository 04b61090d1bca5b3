using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability.Multivariate;

public sealed class IndependentTests
{
    // Two gamma variables: their shapes, then their rates.
    private static readonly double[] s_parameters = [2, 0.7, 3, 1.5], s_value = [0.6, 0.2];

    [Fact]
    public void Its_density_entropy_and_moments_are_those_of_the_components()
    {
        ReparameterizedIndependent<Gamma> q = Gammas(s_parameters);
        Assert.Equal(new Gamma(2, 3).LogDensity(0.6) + new Gamma(0.7, 1.5).LogDensity(0.2), q.LogDensity(s_value));
        Assert.Equal(new Gamma(2, 3).Entropy + new Gamma(0.7, 1.5).Entropy, q.Entropy);
        Assert.Equal([2 / 3.0, 0.7 / 1.5], q.Mean);
        Assert.Equal([new Gamma(2, 3).Variance, new Gamma(0.7, 1.5).Variance], q.Variance);
    }

    [Fact]
    public void Its_gradients_agree_with_central_differences()
    {
        GradientCheck density = Gradient.Check(
            p =>
            {
                double[] byValue = new double[2], score = new double[4];
                Gammas(p[..4]).LogDensityGradient(p.AsSpan(4), byValue, score);
                return (Gammas(p[..4]).LogDensity(p.AsSpan(4)), [.. score, .. byValue]);
            },
            [.. s_parameters, .. s_value]);
        Assert.InRange(density.RelativeError, 0, 1e-8);
        GradientCheck entropy = Gradient.Check(
            p =>
            {
                double[] gradient = new double[4];
                Gammas(p).EntropyGradient(gradient);
                return (Gammas(p).Entropy, gradient);
            },
            s_parameters);
        Assert.InRange(entropy.RelativeError, 0, 1e-8);
    }

    [Fact]
    public void Its_samples_move_as_those_of_the_components()
    {
        ReparameterizedIndependent<Gamma> q = Gammas(s_parameters);
        double[] gradient = new double[4], first = new double[2], second = new double[2];
        q.Pullback(s_value, [2, -1], gradient);
        new Gamma(2, 3).SampleGradient(0.6, first);
        new Gamma(0.7, 1.5).SampleGradient(0.2, second);
        Assert.Equal([2 * first[0], -second[0], 2 * first[1], -second[1]], gradient);
    }

    [Fact]
    public void One_hot_variables_are_categorical_ones()
    {
        double[] logits = [0.2, -0.4, 0.9, 1, 0, 0];
        OneHotCategorical q = new(logits, 3);
        Categorical a = new(logits.AsSpan(0, 3)), b = new(logits.AsSpan(3));
        Assert.Equal(a.LogMass(2) + b.LogMass(0), q.LogDensity([0, 0, 1, 1, 0, 0]));
        Assert.Equal(double.NegativeInfinity, q.LogDensity([0, 1, 1, 1, 0, 0]));
        Assert.Equal(double.NegativeInfinity, q.LogDensity([0, 0, 0.5, 1, 0, 0]));
        Assert.Equal([.. a.Probabilities, .. b.Probabilities], q.Mean);
        Assert.Equal(a.Entropy + b.Entropy, q.Entropy);
        GradientCheck score = Gradient.Check(
            l =>
            {
                double[] gradient = new double[6];
                new OneHotCategorical(l, 3).LogDensityGradient([0, 0, 1, 1, 0, 0], new double[6], gradient);
                return (new OneHotCategorical(l, 3).LogDensity([0, 0, 1, 1, 0, 0]), gradient);
            },
            logits);
        Assert.InRange(score.RelativeError, 0, 1e-8);
        GradientCheck entropy = Gradient.Check(
            l =>
            {
                double[] gradient = new double[6];
                new OneHotCategorical(l, 3).EntropyGradient(gradient);
                return (new OneHotCategorical(l, 3).Entropy, gradient);
            },
            logits);
        Assert.InRange(entropy.RelativeError, 0, 1e-8);
    }

    [Fact]
    public void One_hot_samples_are_as_frequent_as_their_probabilities()
    {
        OneHotCategorical q = new([0.2, -0.4, 0.9, 1, 0, 0], 3);
        RandomStream random = new(1, "one-hot");
        double[] value = new double[6], counts = new double[6];
        const int draws = 200_000;
        for (int i = 0; i < draws; i++)
        {
            q.Sample(random, value);
            for (int j = 0; j < 6; j++)
                counts[j] += value[j];
        }
        for (int j = 0; j < 6; j++)
            Assert.Equal(q.Mean[j], counts[j] / draws, 4.5 * Math.Sqrt(q.Variance[j] / draws));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new OneHotCategorical([1, 2, 3, 4], 3));
        Assert.ThrowsAny<ArgumentException>(() => new OneHotCategorical([1], 1));
        Assert.ThrowsAny<ArgumentException>(() => new Independent<Poisson>());
        Assert.ThrowsAny<ArgumentException>(() => Gammas(s_parameters).LogDensity([1]));
    }

    private static ReparameterizedIndependent<Gamma> Gammas(double[] p) => new(new Gamma(p[0], p[2]), new Gamma(p[1], p[3]));
}
