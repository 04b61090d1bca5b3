using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability.Discrete;

public sealed class CategoricalTests
{
    private static readonly double[] Logits = [0.5, -1, 1.2, 0], Other = [0, 0.3, 1, -2];

    [Fact]
    public void Probabilities_entropy_and_divergence_are_their_sums()
    {
        Categorical it = new(Logits), other = new(Other);
        double[] p = Softmax(Logits), q = Softmax(Other);
        double entropy = 0, divergence = 0;
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(p[i], it.Probabilities[i], 1e-15);
            Assert.Equal(Math.Log(p[i]), it.LogMass(i), 1e-14);
            entropy -= p[i] * Math.Log(p[i]);
            divergence += p[i] * Math.Log(p[i] / q[i]);
        }
        Assert.Equal(entropy, it.Entropy, 1e-14);
        Assert.Equal(divergence, it.KullbackLeibler(other), 1e-14);
        Assert.Equal(0, it.KullbackLeibler(new([.. Logits.Select(l => l + 3)])), 1e-15);
    }

    /// <summary>For two values, what the Bernoulli distribution gives.</summary>
    [Theory]
    [InlineData(0.3, -1.0)]
    [InlineData(50, 40)]
    [InlineData(-700, 700)]
    public void Of_two_it_is_a_bernoulli(double logit, double otherLogit)
    {
        Categorical it = new([1000, 1000 + logit]), other = new([-3, -3 + otherLogit]);
        Bernoulli pair = new(logit), otherPair = new(otherLogit);
        Assert.Equal(1, it.LogMass(1) / pair.LogDensity(1), 1e-12);
        Assert.Equal(1, it.LogMass(0) / pair.LogDensity(0), 1e-12);
        Assert.Equal(1, it.Entropy / pair.Entropy, 1e-12);
        Assert.Equal(1, it.KullbackLeibler(other) / pair.KullbackLeibler(otherPair), 1e-12);
    }

    [Fact]
    public void Gradients_are_difference_quotients()
    {
        GradientCheck mass = Gradient.Check(p => With(p, (it, g) => it.LogMassGradient(2, g), it => it.LogMass(2)), Logits);
        GradientCheck entropy = Gradient.Check(p => With(p, (it, g) => it.EntropyGradient(g), it => it.Entropy), Logits);
        GradientCheck divergence = Gradient.Check(
            p =>
            {
                Categorical a = new(p.AsSpan(0, 4)), b = new(p.AsSpan(4));
                double[] gradient = new double[4], byOther = new double[4];
                a.KullbackLeiblerGradient(b, gradient, byOther);
                return (a.KullbackLeibler(b), [.. gradient, .. byOther]);
            },
            [.. Logits, .. Other]);
        Assert.All((GradientCheck[])[mass, entropy, divergence], c => Assert.True(c.RelativeError < 1e-7, $"{c}"));

        static (double, double[]) With(double[] p, Action<Categorical, double[]> write, Func<Categorical, double> value)
        {
            Categorical it = new(p);
            double[] gradient = new double[4];
            write(it, gradient);
            return (value(it), gradient);
        }
    }

    [Fact]
    public void Logits_of_hundreds_neither_overflow_nor_come_up()
    {
        Categorical it = new([800, -800, 799, 0]);
        RandomStream random = new(1, "categorical");
        Assert.Equal(-1600.3132616875182, it.LogMass(1), 1e-9);
        for (int i = 0; i < 10_000; i++)
            Assert.Contains(it.Sample(random), new[] { 0, 2 });
        Assert.Equal(double.NegativeInfinity, it.LogMass(4));
        Assert.Equal(double.NegativeInfinity, it.LogMass(-1));
    }

    [Fact]
    public void What_is_no_distribution_is_refused_with_what_was_found()
    {
        Assert.Contains(
            "logits[1]",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Categorical([0, double.NegativeInfinity])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Categorical([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Categorical([0, 1]).LogMassGradient(2, new double[2]));
        Assert.Contains(
            "found 3",
            Assert.Throws<ArgumentException>(() => new Categorical([0, 1]).KullbackLeibler(new([0, 1, 2]))).Message,
            StringComparison.Ordinal);
    }

    private static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(l => Math.Exp(l) / sum)];
    }
}
