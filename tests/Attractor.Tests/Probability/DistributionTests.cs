using Attractor.Differentiation;
using Attractor.Probability;

namespace Attractor.Tests.Probability;

/// <summary>What every distribution of one number holds.</summary>
public sealed class DistributionTests
{
    private const int Draws = 1_000_000;

    // Parameters of each, and those of another of its kind for divergences.
    private static readonly (string Name, double[] Parameters, double[] Other)[] Settings =
    [
        ("Normal", [0.5, 0.8], [-0.2, 1.3]), ("Normal", [-3, 2.5], [1, 0.4]),
        ("LogNormal", [0.2, 0.5], [-0.3, 0.7]), ("LogNormal", [-1, 0.25], [0, 0.3]),
        ("Exponential", [0.4], [1.7]), ("Exponential", [3], [2]),
        ("Gamma", [3, 2], [2, 0.5]), ("Gamma", [0.4, 1.5], [0.9, 1.1]), ("Gamma", [25, 3], [20, 4]),
        ("Beta", [2, 3.5], [1.5, 1]), ("Beta", [0.6, 0.7], [2, 0.9]), ("Beta", [30, 12], [25, 11]),
        ("StudentT", [9, 0.5, 0.8], []), ("StudentT", [25, -2, 3], []),
        ("Laplace", [0.5, 0.8], [-0.2, 1.3]), ("Laplace", [-1, 2], [1, 3]),
        ("Gumbel", [0.5, 0.8], [-0.2, 1.3]), ("Gumbel", [-1, 2], [1, 3]),
        ("Uniform", [-1, 2], [-1.5, 2.5]), ("Uniform", [0.25, 0.75], [0, 1]),
        ("Bernoulli", [0.3], [-1.1]), ("Bernoulli", [-2.5], [-2]),
        ("Poisson", [0.7], [1.9]), ("Poisson", [12.5], [10]), ("Poisson", [600], [590]),
        ("NegativeBinomial", [2.5, 0.3], [2.5, -0.5]), ("NegativeBinomial", [0.6, 2], [0.6, 1.5]),
        ("NegativeBinomial", [40, -1], [40, -0.7]),
        ("NegativeBinomial", [1.5, 7], [1.5, 6.5]),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Settings.Length)];

    public static TheoryData<string> Names => [.. AnyDistribution.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_log_density_is_its_difference_quotient(int setting)
    {
        AnyDistribution it = Make(setting);
        int n = it.Parameters.Length;
        foreach (double x in it.Sample(1, 8))
        {
            // The value by a factor of it, so that the step is small beside it.
            double[] at = it.IsDiscrete ? it.Parameters : [.. it.Parameters, 1];
            GradientCheck check = Gradient.Check(
                p =>
                {
                    AnyDistribution moved = AnyDistribution.Make(it.Name, p[..n]);
                    double value = it.IsDiscrete ? x : x * p[n];
                    double[] gradient = new double[p.Length];
                    double slope = moved.LogDensityGradient(value, gradient.AsSpan(0, n));
                    if (it.IsDiscrete)
                        Assert.Equal(0, slope);
                    else
                        gradient[n] = slope * x;
                    return (moved.LogDensity(value), gradient);
                },
                at,
                step: 1e-6);
            Assert.True(check.RelativeError < 1e-7, $"{it} at {x}: {check}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_entropy_is_its_difference_quotient(int setting)
    {
        AnyDistribution it = Make(setting);
        GradientCheck check = Gradient.Check(p => Entropy(AnyDistribution.Make(it.Name, p)), it.Parameters);
        Assert.True(check.RelativeError < 1e-7, $"{it}: {check}");

        static (double, double[]) Entropy(AnyDistribution moved) => (moved.Entropy, moved.EntropyGradient());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradients_of_the_divergence_are_its_difference_quotients(int setting)
    {
        AnyDistribution it = Make(setting);
        double[] other = Settings[setting].Other;
        Assert.Equal(other.Length > 0, it.HasDivergence);
        if (!it.HasDivergence || it.Name == "NegativeBinomial")
            return;
        int n = other.Length;
        GradientCheck check = Gradient.Check(
            p =>
            {
                AnyDistribution moved = AnyDistribution.Make(it.Name, p[..n]);
                (double[] gradient, double[] byOther) = moved.KullbackLeiblerGradient(p[n..]);
                return (moved.KullbackLeibler(p[n..]), [.. gradient, .. byOther]);
            },
            [.. it.Parameters, .. other]);
        Assert.True(check.RelativeError < 1e-7, $"{it}: {check}");
    }

    [Fact]
    public void The_divergence_of_negative_binomials_has_gradients_also_by_each_count_alone()
    {
        double[] parameters = [2.5, 0.3], other = [2.5, -0.5];
        GradientCheck check = Gradient.Check(
            p =>
            {
                AnyDistribution a = AnyDistribution.Make("NegativeBinomial", p[..2]), b = AnyDistribution.Make("NegativeBinomial", p[2..]);
                double sum = 0;
                for (int k = 0; k < 400; k++)
                    sum += Math.Exp(a.LogDensity(k)) * (a.LogDensity(k) - b.LogDensity(k));
                (double[] gradient, double[] byOther) = AnyDistribution.Make("NegativeBinomial", parameters).KullbackLeiblerGradient(other);
                return (sum, [.. gradient, .. byOther]);
            },
            [.. parameters, .. other]);
        Assert.True(check.RelativeError < 1e-7, $"{check}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_divergence_from_itself_is_zero(int setting)
    {
        AnyDistribution it = Make(setting);
        if (it.HasDivergence)
            Assert.Equal(0, it.KullbackLeibler(it.Parameters), 1e-15);
    }

    /// <summary>dx/dtheta = -(dF/dtheta) / p, with F by other formulas.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_a_sample_keeps_the_distribution_function(int setting)
    {
        AnyDistribution it = Make(setting);
        if (!it.IsReparameterized)
            return;
        foreach (double x in it.Sample(2, 12))
        {
            double density = Math.Exp(it.LogDensity(x));
            double[] found = it.SampleGradient(x);
            GradientCheck check = Gradient.Check(
                p => (-DistributionFunction.At(it.Name, p, x) / density, found), it.Parameters, step: 1e-4);
            Assert.True(check.RelativeError < 1e-6, $"{it} at {x}: {check}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Samples_have_the_mean_the_variance_the_entropy_and_a_score_of_zero(int setting)
    {
        AnyDistribution it = Make(setting);
        int n = it.Parameters.Length;
        double[] draws = it.Sample(3, Draws), score = new double[n];
        Moments mean = new(), entropy = new(), variance = new();
        Moments[] scores = [.. Enumerable.Range(0, n).Select(_ => new Moments())];
        foreach (double x in draws)
        {
            mean.Add(x);
            variance.Add((x - it.Mean) * (x - it.Mean));
            entropy.Add(-it.LogDensity(x));
            it.LogDensityGradient(x, score);
            for (int i = 0; i < n; i++)
                scores[i].Add(score[i]);
        }
        Assert.True(mean.Holds(it.Mean, 4.5), $"{it}: mean {it.Mean}, {mean}");
        Assert.True(variance.Holds(it.Variance, 4.5), $"{it}: variance {it.Variance}, {variance}");
        Assert.True(entropy.Holds(it.Entropy, 4), $"{it}: entropy {it.Entropy}, {entropy}");
        for (int i = 0; i < n; i++)
        {
            // The support of a uniform distribution moves with its parameters, and its score is a constant.
            double expected = it.Name == "Uniform" ? (1 - (2 * i)) / (it.Parameters[1] - it.Parameters[0]) : 0;
            Assert.True(scores[i].Holds(expected, 4), $"{it}: score {i} {scores[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_samples(int setting)
    {
        AnyDistribution it = Make(setting);
        Assert.Equal(it.Sample(4, 100), it.Sample(4, 100));
        Assert.NotEqual(it.Sample(4, 100), it.Sample(5, 100));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Outside_the_support_the_log_density_is_minus_infinity_and_of_NaN_it_is_NaN(int setting)
    {
        AnyDistribution it = Make(setting);
        double[] outside = it.Support switch
        {
            Domain.Real => [],
            Domain.Positive => [-1e-300, -3],
            Domain.Interval => it.Name == "Beta" ? [-1e-300, 1.0000001, 7] : [it.Parameters[0] - 1e-9, it.Parameters[1] + 1e-9, 1e9],
            Domain.Binary => [-1, 0.5, 2],
            _ => [-1, 0.5, 1e6 + 0.25],
        };
        foreach (double x in (double[])[.. outside, double.PositiveInfinity, double.NegativeInfinity])
            Assert.Equal(double.NegativeInfinity, it.LogDensity(x));
        Assert.True(double.IsNaN(it.LogDensity(double.NaN)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parameters_outside_their_domain_are_refused_by_name_value_and_domain(int setting)
    {
        AnyDistribution it = Make(setting);
        for (int i = 0; i < it.Parameters.Length; i++)
        {
            double[] wrong = it.Described[i].Domain == Domain.Positive
                ? [0, -1.5, double.NaN, double.PositiveInfinity]
                : [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
            foreach (double value in wrong)
            {
                double[] parameters = [.. it.Parameters];
                parameters[i] = value;
                ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
                    () => AnyDistribution.Make(it.Name, parameters));
                Assert.Equal(it.Described[i].Name.Replace(" ", "", StringComparison.Ordinal), refusal.ParamName, ignoreCase: true);
                Assert.Equal(value, refusal.ActualValue);
                Assert.Contains("finite", refusal.Message, StringComparison.Ordinal);
            }
        }
        Assert.Throws<ArgumentException>(() => AnyDistribution.Make(it.Name, [.. it.Parameters, 1]));
        Assert.Throws<ArgumentException>(() => it.LogDensityGradient(1, new double[it.Parameters.Length + 1]));
    }

    [Fact]
    public void A_uniform_distribution_needs_its_bounds_in_order()
        => Assert.Throws<ArgumentOutOfRangeException>(() => AnyDistribution.Make("Uniform", 2, 2));

    [Theory]
    [InlineData(2.5, 0, 3, 0)]
    [InlineData(2.5, 0.3, 0.7, -0.5)]
    [InlineData(40, -1, 12, 0.4)]
    [InlineData(0.6, 2, 0.9, 1.5)]
    public void The_divergence_of_negative_binomials_with_different_counts_is_the_sum(
        double count, double logit, double other, double otherLogit)
    {
        double Sum(double[] p)
        {
            AnyDistribution a = AnyDistribution.Make("NegativeBinomial", p[..2]), b = AnyDistribution.Make("NegativeBinomial", p[2..]);
            double sum = 0;
            for (int k = 0; k < 3000; k++)
                sum += Math.Exp(a.LogDensity(k)) * (a.LogDensity(k) - b.LogDensity(k));
            return sum;
        }

        double[] parameters = [count, logit, other, otherLogit];
        AnyDistribution it = AnyDistribution.Make("NegativeBinomial", count, logit);
        double expected = Sum(parameters);
        Assert.Equal(expected, it.KullbackLeibler([other, otherLogit]), 1e-11 * (1 + expected));
        GradientCheck check = Gradient.Check(
            p =>
            {
                (double[] gradient, double[] byOther) = it.KullbackLeiblerGradient([other, otherLogit]);
                return (Sum(p), [.. gradient, .. byOther]);
            },
            parameters);
        Assert.True(check.RelativeError < 1e-7, $"{check}");
    }

    [Fact]
    public void The_divergence_of_negative_binomials_joins_its_closed_form()
        => Assert.Equal(
            AnyDistribution.Make("NegativeBinomial", 2.5, 0.3).KullbackLeibler([2.5, -0.5]),
            AnyDistribution.Make("NegativeBinomial", 2.5, 0.3).KullbackLeibler([2.5 * (1 + 1e-12), -0.5]),
            1e-10);

    /// <summary>Of counts that large, the steps are nothing: they are distributed as gamma numbers in units of e^logit.</summary>
    [Theory]
    [InlineData(0.5, 600)]
    [InlineData(4, 690)]
    [InlineData(20, 300)]
    public void The_entropy_of_huge_negative_binomial_counts_is_that_of_their_gamma_rates(double count, double logit)
    {
        AnyDistribution counts = AnyDistribution.Make("NegativeBinomial", count, logit), rates = AnyDistribution.Make("Gamma", count, 1);
        Assert.Equal(1, counts.Entropy / (rates.Entropy + logit), 1e-13);
        Assert.Equal(1, counts.EntropyGradient()[1], 1e-12);
        Assert.Equal(rates.EntropyGradient()[0], counts.EntropyGradient()[0], 1e-10);
    }

    [Fact]
    public void A_uniform_distribution_that_reaches_beyond_another_diverges_infinitely()
        => Assert.Equal(double.PositiveInfinity, AnyDistribution.Make("Uniform", 0, 2).KullbackLeibler([0, 1]));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_default_value_of_the_struct_is_refused_where_it_is_no_distribution(string name)
    {
        AnyDistribution it = Make(Array.FindIndex(Settings, s => s.Name == name));
        if (name == "Bernoulli")
            it.UseDefault();
        else
            Assert.Throws<InvalidOperationException>(it.UseDefault);
    }

    public static TheoryData<string, double[]> Extremes => new()
    {
        { "Normal", [1e308, 1e308] }, { "LogNormal", [0, 1e3] }, { "Exponential", [1e-308] }, { "Exponential", [1e308] },
        { "Gamma", [1e-4, 1] }, { "Gamma", [1e-4, 1e-300] },
        { "Gamma", [1e300, 1e-300] }, { "Beta", [1e-3, 1e-3] }, { "Beta", [1e6, 1e-3] }, { "Beta", [1e-300, 1e300] },
        { "StudentT", [1e-3, 0, 1e300] }, { "StudentT", [1e300, 0, 1] },
        { "Laplace", [1e308, 1e308] }, { "Gumbel", [0, 1e308] }, { "Uniform", [1, 1 + 2.3e-16] }, { "Bernoulli", [700] },
        { "Poisson", [1e-300] }, { "Poisson", [1e300] },
        { "NegativeBinomial", [1e-5, 700] }, { "NegativeBinomial", [1e6, -700] },
    };

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Samples_are_finite_and_inside_the_support_at_extreme_parameters(string name, double[] parameters)
    {
        AnyDistribution it = AnyDistribution.Make(name, parameters);
        foreach (double x in it.Sample(6, 10_000))
        {
            Assert.True(double.IsFinite(x), $"{it}: {x}");
            Assert.True(it.Support != Domain.Positive || x > 0, $"{it}: {x}");
            Assert.True(name != "Beta" || (x > 0 && x < 1), $"{it}: {x}");
            Assert.False(double.IsNaN(it.LogDensity(x)), $"{it}: {x}");
        }
    }

    private static AnyDistribution Make(int setting) => AnyDistribution.Make(Settings[setting].Name, Settings[setting].Parameters);
}
