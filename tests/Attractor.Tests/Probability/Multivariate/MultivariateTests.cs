using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability.Multivariate;

/// <summary>What every distribution of a vector holds.</summary>
public sealed class MultivariateTests
{
    private const int Draws = 1_000_000;

    // Parameters as the class orders them, and those of another of its kind.
    private static readonly (string Name, double[] Parameters, double[] Other)[] Settings =
    [
        ("DiagonalGaussian", [0.5, -1, 2, 0.8, 1.5, 0.3], [0, 0.2, 1.5, 1, 1.2, 0.5]),
        ("Gaussian", [0.5, -1, 2, 0.8, -0.4, 1.5, 0.7, 0.2, 0.6], [0, 0.2, 1.5, 1, 0.3, 1.2, -0.5, 0.9, 0.7]),
        ("Dirichlet", [2, 3, 5], [1, 1.5, 4]),
        ("Dirichlet", [0.6, 0.9, 1.4, 0.5], [1, 0.7, 1.2, 2]),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Settings.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_log_density_is_its_difference_quotient(int setting)
    {
        (string name, double[] parameters, _) = Settings[setting];
        IReparameterizedMultivariate it = Make(name, parameters);
        int d = it.Dimension, n = it.ParameterCount;
        Assert.Equal(parameters.Length, n);
        double[] x = new double[d];
        it.Sample(new RandomStream(1, name), x);
        // On the simplex two components move against each other: the last is what the others leave.
        bool simplex = name == "Dirichlet";
        GradientCheck check = Gradient.Check(
            p =>
            {
                IReparameterizedMultivariate moved = Make(name, p[..n]);
                double[] value = simplex ? [.. p[n..], 1 - p[n..].Sum()] : p[n..], byValue = new double[d], score = new double[n];
                moved.LogDensityGradient(value, byValue, score);
                return (moved.LogDensity(value), [.. score, .. simplex ? byValue[..^1].Select(g => g - byValue[^1]) : byValue]);
            },
            [.. parameters, .. simplex ? x[..^1] : x]);
        Assert.True(check.RelativeError < 1e-7, $"{name}: {check}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_entropy_is_its_difference_quotient(int setting)
    {
        (string name, double[] parameters, _) = Settings[setting];
        GradientCheck check = Gradient.Check(
            p =>
            {
                double[] gradient = new double[p.Length];
                Make(name, p).EntropyGradient(gradient);
                return (Make(name, p).Entropy, gradient);
            },
            parameters);
        Assert.True(check.RelativeError < 1e-7, $"{name}: {check}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradients_of_the_divergence_are_its_difference_quotients(int setting)
    {
        (string name, double[] parameters, double[] other) = Settings[setting];
        int n = parameters.Length;
        GradientCheck check = Gradient.Check(
            p =>
            {
                double[] gradient = new double[n], byOther = new double[n];
                IReparameterizedMultivariate a = Make(name, p[..n]), b = Make(name, p[n..]);
                return (Divergence(a, b, gradient, byOther), [.. gradient, .. byOther]);
            },
            [.. parameters, .. other]);
        Assert.True(check.RelativeError < 1e-7, $"{name}: {check}");
        Assert.Equal(0, Divergence(Make(name, parameters), Make(name, parameters), new double[n], new double[n]), 1e-15);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Samples_have_the_mean_the_variance_the_entropy_the_divergence_and_a_score_of_zero(int setting)
    {
        (string name, double[] parameters, double[] others) = Settings[setting];
        IReparameterizedMultivariate it = Make(name, parameters), other = Make(name, others);
        int d = it.Dimension, n = it.ParameterCount;
        RandomStream random = new(2, name);
        double[] x = new double[d], byValue = new double[d], score = new double[n];
        Moments[] means = Many(d), variances = Many(d), scores = Many(n);
        Moments entropy = new(), divergence = new();
        double[] mean = [.. it.Mean];
        for (int draw = 0; draw < Draws / 4; draw++)
        {
            it.Sample(random, x);
            double log = it.LogDensity(x);
            entropy.Add(-log);
            divergence.Add(log - other.LogDensity(x));
            it.LogDensityGradient(x, byValue, score);
            for (int i = 0; i < d; i++)
            {
                means[i].Add(x[i]);
                variances[i].Add((x[i] - mean[i]) * (x[i] - mean[i]));
            }
            for (int i = 0; i < n; i++)
                scores[i].Add(score[i]);
        }
        Assert.True(entropy.Holds(it.Entropy, 4), $"{name}: entropy {it.Entropy}, {entropy}");
        double expected = Divergence(it, other, new double[n], new double[n]);
        Assert.True(divergence.Holds(expected, 4), $"{name}: divergence {expected}, {divergence}");
        for (int i = 0; i < d; i++)
        {
            Assert.True(means[i].Holds(mean[i], 4.5), $"{name}: mean {i} {mean[i]}, {means[i]}");
            Assert.True(variances[i].Holds(it.Variance[i], 4.5), $"{name}: variance {i} {it.Variance[i]}, {variances[i]}");
        }
        for (int i = 0; i < n; i++)
            Assert.True(scores[i].Holds(0, 4), $"{name}: score {i} {scores[i]}");
    }

    /// <summary>
    /// The flow dx/dtheta carries the density: d log p / dtheta + v . grad log p + div v = 0, in the first
    /// coordinates where the last is what they leave.
    /// </summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_pullback_is_that_of_a_flow_that_carries_the_density(int setting)
    {
        (string name, double[] parameters, _) = Settings[setting];
        IReparameterizedMultivariate it = Make(name, parameters);
        bool simplex = name == "Dirichlet";
        int d = it.Dimension, n = it.ParameterCount, free = simplex ? d - 1 : d;
        double[] x = new double[d], byValue = new double[d], score = new double[n];
        RandomStream random = new(3, name);
        for (int draw = 0; draw < 5; draw++)
        {
            it.Sample(random, x);
            it.LogDensityGradient(x, byValue, score);
            double[] balance = [.. score];
            for (int j = 0; j < free; j++)
            {
                double[] velocity = Velocity(x, j);
                double slope = byValue[j] - (simplex ? byValue[^1] : 0), h = 1e-4 * (simplex ? Math.Min(x[j], x[^1]) : 1);
                double[] above = Velocity(Moved(x, j, h), j), below = Velocity(Moved(x, j, -h), j);
                for (int i = 0; i < n; i++)
                    balance[i] += (velocity[i] * slope) + ((above[i] - below[i]) / (2 * h));
            }
            for (int i = 0; i < n; i++)
                Assert.Equal(0, balance[i], 1e-6 * (1 + Math.Abs(score[i])));
        }

        double[] Velocity(double[] at, int component)
        {
            double[] adjoint = new double[d], gradient = new double[n];
            adjoint[component] = 1;
            it.Pullback(at, adjoint, gradient);
            return gradient;
        }

        double[] Moved(double[] from, int component, double by)
        {
            double[] to = [.. from];
            to[component] += by;
            if (simplex)
                to[^1] -= by;
            return to;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_pullback_of_a_gaussian_is_the_difference_quotient_at_the_same_noise(int setting)
    {
        (string name, double[] parameters, _) = Settings[setting];
        double[] adjoint = [0.3, -1.2, 0.7];
        GradientCheck check = Gradient.Check(
            p =>
            {
                IReparameterizedMultivariate it = Make(name, p);
                double[] x = new double[3], gradient = new double[p.Length];
                it.Sample(new RandomStream(4, name), x);
                it.Pullback(x, adjoint, gradient);
                return (x.Zip(adjoint, (a, b) => a * b).Sum(), gradient);
            },
            parameters);
        Assert.True(check.RelativeError < 1e-8, $"{name}: {check}");
    }

    [Fact]
    public void A_dirichlet_of_two_is_a_beta()
    {
        Dirichlet pair = new([2, 3.5]);
        Beta beta = new(2, 3.5);
        double[] x = [0.3, 0.7], gradient = new double[2], expected = new double[2];
        pair.Pullback(x, [1, 0], gradient);
        beta.SampleGradient(0.3, expected);
        Assert.Equal(beta.LogDensity(0.3), pair.LogDensity(x), 1e-15);
        Assert.Equal(beta.Entropy, pair.Entropy, 1e-15);
        Assert.Equal(expected[0], gradient[0], 1e-13);
        Assert.Equal(expected[1], gradient[1], 1e-13);
    }

    [Fact]
    public void Small_concentrations_give_vertices_not_nothing()
    {
        Dirichlet sparse = new([1e-4, 1e-4, 1e-4]);
        RandomStream random = new(5, "sparse");
        double[] x = new double[3];
        int[] vertices = new int[3];
        for (int i = 0; i < 3000; i++)
        {
            sparse.Sample(random, x);
            Assert.Equal(1, x.Sum(), 1e-12);
            Assert.All(x, v => Assert.InRange(v, double.Epsilon, 1));
            vertices[x.AsSpan().IndexOf(x.Max())]++;
        }
        Assert.All(vertices, v => Assert.InRange(v, 880, 1120));
    }

    [Fact]
    public void A_gaussian_from_its_covariance_has_it()
    {
        double[] covariance = [4, 2, -1, 2, 3, 0.5, -1, 0.5, 2];
        Gaussian it = Gaussian.FromCovariance([1, 2, 3], covariance);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                    sum += it.Factor[(i * 3) + k] * it.Factor[(j * 3) + k];
                Assert.Equal(covariance[(i * 3) + j], sum, 1e-14);
            }
        }
        RandomStream random = new(6, "covariance");
        double[] x = new double[3];
        Moments product = new();
        for (int i = 0; i < 100_000; i++)
        {
            it.Sample(random, x);
            product.Add((x[0] - 1) * (x[2] - 3));
        }
        Assert.True(product.Holds(-1, 4), $"{product}");
    }

    [Fact]
    public void What_is_no_distribution_is_refused_with_what_was_found()
    {
        Assert.Contains(
            "positive definite",
            Assert.Throws<ArgumentException>(() => Gaussian.FromCovariance([0, 0], [1, 2, 2, 1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "symmetric",
            Assert.Throws<ArgumentException>(() => Gaussian.FromCovariance([0, 0], [1, 0.5, 0.2, 1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "factor[1, 1]",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Gaussian([0, 0], [1, 0, 0.5, 0])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "above the diagonal",
            Assert.Throws<ArgumentException>(() => new Gaussian([0, 0], [1, 0.5, 0, 1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "found 3", Assert.Throws<ArgumentException>(() => new Gaussian([0, 0], [1, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "standardDeviation[1]",
            Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalGaussian([0, 0], [1, -2])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "mean[0]",
            Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalGaussian([double.NaN], [1])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "concentration[2]",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Dirichlet([1, 1, 0])).Message,
            StringComparison.Ordinal);
        Assert.Contains("found 1", Assert.Throws<ArgumentException>(() => new Dirichlet([1])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "found 2",
            Assert.Throws<ArgumentException>(() => new Dirichlet([1, 1, 1]).KullbackLeibler(new([1, 1]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dirichlet([1, 1, 1]).LogDensity([0.5, 0.5]));
    }

    [Fact]
    public void Off_the_simplex_the_log_density_is_minus_infinity()
    {
        Dirichlet it = new([2, 3, 5]);
        Assert.Equal(double.NegativeInfinity, it.LogDensity([0.5, 0.6, 0.1]));
        Assert.Equal(double.NegativeInfinity, it.LogDensity([-0.1, 0.6, 0.5]));
        Assert.Equal(double.NegativeInfinity, it.LogDensity([0, 0.5, 0.5]));
        Assert.Equal(double.PositiveInfinity, new Dirichlet([0.5, 1, 1]).LogDensity([0, 0.5, 0.5]));
        Assert.Equal(Math.Log(2), new Dirichlet([1, 1, 1]).LogDensity([0, 0.5, 0.5]), 1e-14);
        Assert.True(double.IsNaN(it.LogDensity([double.NaN, 0.5, 0.5])));
    }

    private static Moments[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => new Moments())];

    private static IReparameterizedMultivariate Make(string name, double[] p)
    {
        if (name == "Dirichlet")
            return new Dirichlet(p);
        if (name == "DiagonalGaussian")
            return new DiagonalGaussian(p.AsSpan(0, p.Length / 2), p.AsSpan(p.Length / 2));
        double[] factor = new double[9];
        for (int i = 0, at = 3; i < 3; i++)
            for (int j = 0; j <= i; j++)
                factor[(i * 3) + j] = p[at++];
        return new Gaussian(p.AsSpan(0, 3), factor);
    }

    private static double Divergence(IReparameterizedMultivariate a, IReparameterizedMultivariate b, double[] gradient, double[] byOther)
    {
        return a switch
        {
            Dirichlet x => Of(x, (Dirichlet)b),
            Gaussian x => Of(x, (Gaussian)b),
            DiagonalGaussian x => Of(x, (DiagonalGaussian)b),
            _ => throw new ArgumentException(a.ToString()),
        };

        double Of<T>(T x, T y)
            where T : IDivergence<T>
        {
            x.KullbackLeiblerGradient(y, gradient, byOther);
            return x.KullbackLeibler(y);
        }
    }
}
