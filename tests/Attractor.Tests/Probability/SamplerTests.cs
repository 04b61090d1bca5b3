using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability;

/// <summary>Do a million draws follow their distribution, at twenty settings of its parameters?</summary>
public sealed class SamplerTests
{
    private const int Draws = 1_000_000, Pilot = 20_000;
    private const double Least = 1e-4;

    private static readonly double[] Locations = [0, -700, 2.5, 1e6], Scales = [1, 1e-3, 0.8, 50, 1e8];

    public static TheoryData<string> Names => [.. AnyDistribution.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_follow_the_distribution_function(string name)
    {
        double[][] settings = [.. Settings(name)];
        Assert.Equal(20, settings.Length);
        double[] draws = new double[Draws];
        foreach (double[] parameters in settings)
        {
            AnyDistribution it = AnyDistribution.Make(name, parameters);
            it.Sample(new RandomStream(11, name), draws);
            double p = GoodnessOfFit.PValue(it.Sample(10, Pilot), draws, x => DistributionFunction.At(name, parameters, x));
            Assert.True(p >= Least, $"{it}: p = {p}");
        }
    }

    /// <summary>With z = e^y far below 1, P(log x at most y) = z^shape / Gamma(shape + 1).</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(0.01)]
    public void Logarithms_of_gamma_draws_follow_the_distribution_function_far_below_the_least_double(double shape)
    {
        RandomStream random = new(12, "log gamma");
        Gamma gamma = new(shape, 3);
        double[] pilot = [.. Enumerable.Range(0, Pilot).Select(_ => gamma.SampleLog(random))], draws = new double[Draws];
        foreach (ref double y in draws.AsSpan())
            y = gamma.SampleLog(random);
        double p = GoodnessOfFit.PValue(pilot, draws, y =>
        {
            double z = y + Math.Log(3);
            return z < -40 ? Math.Exp((shape * z) - LogGamma.Of(shape + 1)) : IncompleteGamma.P(shape, Math.Exp(z));
        });
        Assert.True(p >= Least, $"p = {p}");
        Assert.Contains(draws, y => y < -800);
    }

    /// <summary>The test of the tests: each is a sampler that is slightly or plausibly wrong.</summary>
    [Theory]
    [InlineData("Normal", new[] { 0, 1.0 }, new[] { 0, 1.01 })]
    [InlineData("Normal", new[] { 0, 1.0 }, new[] { 0.005, 1.0 })]
    [InlineData("Gamma", new[] { 3, 2.0 }, new[] { 3, 0.5 })]
    [InlineData("Gamma", new[] { 0.3, 1.0 }, new[] { 0.302, 1.0 })]
    [InlineData("StudentT", new[] { 30, 0, 1.0 }, new[] { 20, 0, 1.0 })]
    [InlineData("Poisson", new[] { 20.0 }, new[] { 20.03 })]
    [InlineData("NegativeBinomial", new[] { 2, 0.5 }, new[] { 2, -0.5 })]
    [InlineData("Bernoulli", new[] { 0.0 }, new[] { 0.02 })]
    public void A_wrong_sampler_is_caught(string name, double[] claimed, double[] drawn)
    {
        AnyDistribution it = AnyDistribution.Make(name, drawn);
        double p = GoodnessOfFit.PValue(it.Sample(10, Pilot), it.Sample(11, Draws), x => DistributionFunction.At(name, claimed, x));
        Assert.True(p < Least / 100, $"{it} passes for {string.Join(", ", claimed)}: p = {p}");
    }

    private static IEnumerable<double[]> Settings(string name) => name switch
    {
        "Exponential" => Enumerable.Range(-10, 20).Select(i => new[] { Math.Pow(10, 0.8 * i) }),
        "LogNormal" => Cross([0, -20, 3, 100], [1, 1e-3, 0.8, 5, 0.1]),
        "Gamma" => Cross([0.05, 0.3, 0.9, 1, 1.1, 2.5, 10, 100, 3000, 1e6], [1, 1e-8]),
        "Beta" => Cross([0.3, 1, 2.5, 40, 1e4], [0.4, 1, 3, 1000]),
        "StudentT" => Cross([0.5, 1, 1.7, 3, 4.5, 10, 30, 100, 1e4, 1e8], [0.0], [1, 3]),
        "Uniform" => Cross([0, -3, 5, 1e6], [1e6 + 1, 1e6 + 0.5, 1e7, 1e9, 1e12]),
        "Bernoulli" => Enumerable.Range(-10, 20).Select(i => new[] { 0.7 * i }),
        "Poisson" => new[] { 1e-3, 0.1, 0.7, 1, 2, 4, 7, 9.5, 9.99, 10, 10.01, 11, 15, 20, 33.3, 60, 100, 1000, 1e5, 1e7 }.Select(
            r => new[] { r }),
        "NegativeBinomial" => Cross([0.2, 1, 3.5, 40, 1e4], [-5, -0.7, 1, 4]),
        _ => Cross(Locations, Scales),
    };

    private static IEnumerable<double[]> Cross(params double[][] axes)
        => axes.Aggregate(
            (IEnumerable<double[]>)[[]], (made, axis) => made.SelectMany(front => axis.Select(last => (double[])[.. front, last])));
}
