using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability.Discrete;

public sealed class RelaxedOneHotTests
{
    private static readonly double[] Logits = [0.5, -1, 1.2, 0];

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(3.0)]
    public void The_gradient_of_the_log_density_is_its_difference_quotient(double temperature)
    {
        double[] x = [0.2, 0.15, 0.4, 0.25];
        GradientCheck check = Gradient.Check(
            p =>
            {
                RelaxedOneHot it = new(p.AsSpan(0, 4), temperature);
                double[] value = [.. p[4..], 1 - p[4..].Sum()], byValue = new double[4], score = new double[4];
                it.LogDensityGradient(value, byValue, score);
                return (it.LogDensity(value), [.. score, .. byValue[..3].Select(g => g - byValue[3])]);
            },
            [.. Logits, .. x[..3]]);
        Assert.True(check.RelativeError < 1e-7, $"{check}");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.0)]
    public void The_pullback_is_the_difference_quotient_at_the_same_noise(double temperature)
    {
        double[] adjoint = [0.3, -1.2, 0.7, 2];
        GradientCheck check = Gradient.Check(
            p =>
            {
                RelaxedOneHot it = new(p, temperature);
                double[] x = new double[4], gradient = new double[4];
                it.Sample(new RandomStream(2, "relaxed"), x);
                it.Pullback(x, adjoint, gradient);
                return (x.Zip(adjoint, (a, b) => a * b).Sum(), gradient);
            },
            Logits);
        Assert.True(check.RelativeError < 1e-7, $"{check}");
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(2.0)]
    public void The_expected_score_is_zero(double temperature)
    {
        RelaxedOneHot it = new(Logits, temperature);
        RandomStream random = new(3, "relaxed");
        double[] x = new double[4], byValue = new double[4], score = new double[4];
        Moments[] scores = [.. Enumerable.Range(0, 4).Select(_ => new Moments())];
        for (int draw = 0; draw < 200_000; draw++)
        {
            it.Sample(random, x);
            it.LogDensityGradient(x, byValue, score);
            for (int i = 0; i < 4; i++)
                scores[i].Add(score[i]);
        }
        Assert.All(scores, s => Assert.True(s.Holds(0, 4), $"{s}"));
    }

    /// <summary>E[q / p] = 1 for q uniform on the simplex, (K - 1)!: the density is normalised and is that of the sampler.</summary>
    [Fact]
    public void The_density_is_that_of_the_samples()
    {
        RelaxedOneHot it = new([0.3, -0.2, 0.1], 1.5);
        RandomStream random = new(4, "relaxed");
        double[] x = new double[3];
        Moments ratio = new(), part = new();
        for (int draw = 0; draw < 400_000; draw++)
        {
            it.Sample(random, x);
            double weight = Math.Exp(Math.Log(2) - it.LogDensity(x));
            ratio.Add(weight);
            part.Add(x[0] < 0.5 && x[1] < 0.5 ? weight : 0);
        }
        Assert.True(ratio.Holds(1, 4.5), $"{ratio}");
        Assert.True(part.Holds(0.5, 4.5), $"{part}");
    }

    [Fact]
    public void The_log_density_of_logarithms_differs_by_the_jacobian_and_needs_no_components()
    {
        RelaxedOneHot it = new(Logits, 0.7), cold = new([0, 800], 0.01);
        double[] x = new double[4], far = new double[2];
        it.Sample(new RandomStream(5, "relaxed"), x);
        double[] log = [.. x.Select(v => Math.Log(v))];
        Assert.Equal(it.LogDensity(x), it.LogDensityOfLog(log) - log.Sum(), 1e-12);
        cold.SampleLog(new RandomStream(5, "relaxed"), far);
        Assert.True(far[0] < -70_000);
        Assert.True(double.IsFinite(cold.LogDensityOfLog(far)));
    }

    [Fact]
    public void The_straight_through_sample_is_one_hot_where_the_relaxed_one_is_largest()
    {
        RelaxedOneHot it = new(Logits, 0.5);
        RandomStream random = new(6, "relaxed");
        double[] hot = new double[4], soft = new double[4];
        for (int i = 0; i < 100; i++)
        {
            int at = it.StraightThrough(random, hot, soft);
            Assert.Equal(1, hot.Sum());
            Assert.Equal(1, hot[at]);
            Assert.Equal(soft.Max(), soft[at]);
            Assert.Equal(1, soft.Sum(), 1e-12);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-5)]
    [InlineData(1e300)]
    public void Samples_are_finite_at_extreme_temperatures(double temperature)
    {
        RelaxedOneHot it = new([700, -700, 0], temperature);
        RandomStream random = new(7, "relaxed");
        double[] x = new double[3], log = new double[3];
        for (int i = 0; i < 1000; i++)
        {
            it.Sample(random, x);
            Assert.Equal(1, x.Sum(), 1e-12);
            it.SampleLog(random, log);
            Assert.All(log, y => Assert.True(double.IsFinite(y)));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void A_temperature_that_is_not_above_zero_is_refused(double temperature)
        => Assert.Contains(
            "temperature",
            Assert.Throws<ArgumentOutOfRangeException>(() => new RelaxedOneHot([0, 1], temperature)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Off_the_simplex_the_log_density_is_minus_infinity()
    {
        RelaxedOneHot it = new([0, 1], 1);
        Assert.Equal(double.NegativeInfinity, it.LogDensity([0.5, 0.6]));
        Assert.Equal(double.NegativeInfinity, it.LogDensity([0, 1]));
        Assert.True(double.IsNaN(it.LogDensity([double.NaN, 1])));
        Assert.Throws<ArgumentException>(() => new RelaxedOneHot([0], 1));
    }

    [Fact]
    public void Gumbel_noise_has_its_mean_and_variance()
    {
        RandomStream random = new(8, "noise");
        Moments mean = new(), variance = new();
        for (int i = 0; i < 1_000_000; i++)
        {
            double g = GumbelNoise.Next(random);
            mean.Add(g);
            variance.Add((g - 0.5772156649) * (g - 0.5772156649));
        }
        Assert.True(mean.Holds(0.5772156649, 4.5), $"{mean}");
        Assert.True(variance.Holds(1.6449340668, 4.5), $"{variance}");
    }

    /// <summary>Of a categorical draw, of the largest logit with noise, and of the largest relaxed component at any temperature.</summary>
    [Theory]
    [InlineData("inverse")]
    [InlineData("argmax")]
    [InlineData("relaxed")]
    public void Values_come_as_often_as_their_probabilities_say(string how)
    {
        RandomStream random = new(9, how);
        for (int setting = 0; setting < 20; setting++)
        {
            double[] logits =
                [.. Enumerable.Range(0, 2 + (setting % 7)).Select(i => ((setting * 0.37) + 0.2) * Math.Sin((i * 2.3) + setting))];
            Categorical it = new(logits);
            RelaxedOneHot relaxed = new(logits, Math.Pow(10, (setting % 5) - 2));
            double[] x = new double[logits.Length];
            long[] counts = new long[logits.Length];
            for (int draw = 0; draw < 1_000_000; draw++)
            {
                int value = how switch
                {
                    "inverse" => it.Sample(random),
                    "argmax" => it.SampleGumbelArgmax(random),
                    _ => relaxed.SampleLog(random, x)
                };
                counts[value]++;
            }
            double p = GoodnessOfFit.ChiSquared(counts, [.. it.Probabilities]);
            Assert.True(p >= 1e-4, $"{how} {setting}: p = {p}");
        }
    }
}
