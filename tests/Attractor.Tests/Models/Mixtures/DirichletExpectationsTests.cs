using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Mixtures;

public sealed class DirichletExpectationsTests
{
    // log G(c) - sum log G(c_i) - log G(p) + sum log G(p_i) + sum (c_i - p_i) (psi(c_i) - psi(c)), c and p the sums.
    [Theory]
    [InlineData(2, 3, 4)]
    [InlineData(0.3, 1, 0.7)]
    [InlineData(1e-8, 2, 3)]
    [InlineData(1e-12, 1e-9, 3)]
    public void Prior_and_entropy_are_together_the_negative_divergence(double a, double b, double c)
    {
        double[] q = [a, b, c], p = [a, 1.5 * b, 0.5];
        double divergence = LogGamma.Of(q.Sum()) - q.Sum(LogGamma.Of) - LogGamma.Of(p.Sum()) + p.Sum(LogGamma.Of);
        for (int i = 0; i < 3; i++)
            divergence += (q[i] - p[i]) * (Digamma.Of(q[i]) - Digamma.Of(q.Sum()));
        double sum = DirichletExpectations.ExpectedLogDensity(q, i => p[i]) + DirichletExpectations.Entropy(q);
        Assert.Equal(-divergence, sum, 1e-13 * (1 + Math.Abs(divergence) + q.Sum(x => Math.Abs(LogGamma.Of(x)))));
    }

    [Fact]
    public void One_proportion_is_certain()
    {
        Assert.Equal(0, DirichletExpectations.Entropy([0.4]));
        Assert.Equal(0, DirichletExpectations.ExpectedLogDensity([0.4], _ => 2));
    }

    [Fact]
    public void Mean_logarithms_are_differences_of_digammas()
    {
        double[] logs = new double[3];
        DirichletExpectations.MeanLogs([0.5, 1, 2.5], logs);
        Assert.Equal([.. ((double[])[0.5, 1, 2.5]).Select(c => Digamma.Of(c) - Digamma.Of(4))], logs, (x, y) => Math.Abs(x - y) < 1e-14);
    }

    [Fact]
    public void An_index_is_drawn_by_one_uniform_number_over_the_sums_of_the_weights()
    {
        double[] weights = [2, 0, 5, 3], sums = [2, 2, 7, 10];
        RandomStream random = new(4, "indices"), again = new(4, "indices");
        for (int n = 0; n < 1000; n++)
        {
            double u = 10 * again.NextDouble();
            Assert.Equal(Array.FindIndex(sums, s => u < s), DirichletExpectations.Pick(random, weights));
        }
    }
}
