using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures.Bound;

/// <summary>Priors so near zero that terms of the bound are larger than any digit of it.</summary>
public sealed class TinyConcentrationTests
{
    private const int Rows = 8;

    [Theory]
    [InlineData(1e-17)]
    [InlineData(1e-20)]
    [InlineData(1e-100)]
    public void The_bound_with_one_component_in_use_is_its_limit(double concentration)
        => Assert.Equal(Bound(1e-7, used: 1), Bound(concentration, used: 1), 1e-5);

    [Fact]
    public void Where_the_terms_are_small_enough_to_be_summed_as_they_are_the_bound_is_the_same()
        => Assert.Equal(Bound(2e-6, used: 1), Bound(5e-7, used: 1), 2e-5);

    [Theory]
    [InlineData(1e-17)]
    [InlineData(1e-20)]
    [InlineData(1e-100)]
    public void Each_further_component_in_use_costs_the_logarithm_of_the_concentration(double concentration)
        => Assert.Equal(Bound(1e-7, used: 2) + Math.Log(concentration / 1e-7), Bound(concentration, used: 2), 1e-5);

    // B(counts + prior) / B(prior) is what the levels add to the evidence, with nothing left between bound and evidence.
    [Theory]
    [InlineData(1e-17)]
    [InlineData(1e-30)]
    public void The_bound_of_one_component_of_categories_is_the_evidence(double concentration)
    {
        Mixture model = new(1, [new CategoricalBlock("c", ["a", "b", "z"], concentration)], MixtureWeights.Uniform);
        double[] rows = [0, 0, 0, 1, 1];
        MixtureFit fit = CoordinateAscent.Fit(model, new TimeSeries(rows, 1, names: ["c"]), new());
        // Gamma(3) Gamma(2) Gamma(3 d) d^-1 ... : three levels, two of them seen, five rows.
        double expected = Math.Log(2.0 * 1 / 24) + Math.Log(concentration) - Math.Log(3);
        Assert.Equal(expected, fit.Elbo, 1e-9 * Math.Abs(expected));
    }

    [Theory]
    [InlineData(1e-17)]
    [InlineData(1e-30)]
    public void The_bound_of_one_component_of_a_coin_is_the_evidence(double prior)
    {
        Mixture model = new(1, [new BernoulliBlock("c", prior, prior)], MixtureWeights.Uniform);
        MixtureFit fit = CoordinateAscent.Fit(model, new TimeSeries([1, 1, 1, 1, 0], 1, names: ["c"]), new());
        // B(4 + d, 1 + d) / B(d, d) = d / 8.
        Assert.Equal(Math.Log(prior / 8), fit.Elbo, 1e-8);
    }

    [Theory]
    [InlineData(1e-101)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_concentration_beyond_reckoning_is_refused(double concentration)
        => Assert.Throws<ArgumentException>(() => MixtureWeights.Dirichlet(concentration));

    [Fact]
    public void A_bound_whose_digits_are_lost_is_no_result()
    {
        Mixture model = new(2, [new PoissonBlock("n", shape: 1e-17)], MixtureWeights.Uniform);
        double[,] start = { { 1, 0 }, { 1, 0 } };
        Assert.Contains(
            "is not known",
            Assert.Throws<BoundDecreaseException>(() => CoordinateAscent.Fit(
                model, new TimeSeries([3, 4], 1, names: ["n"]), new() { Responsibilities = start })).Message,
            StringComparison.Ordinal);
    }

    private static double Bound(double concentration, int used)
    {
        Mixture model = new(3, [new PoissonBlock("n")], MixtureWeights.Dirichlet(concentration));
        double[,] start = new double[Rows, 3];
        for (int n = 0; n < Rows; n++)
            start[n, n % used] = 1;
        double[] counts = [.. Enumerable.Range(0, Rows).Select(n => used == 2 && n % 2 == 1 ? 400.0 + n : 3 + (n % 3))];
        MixtureFit fit = CoordinateAscent.Fit(
            model, new TimeSeries(counts, 1, names: ["n"]), new() { Responsibilities = start, MaxSweeps = 5 });
        Assert.Equal(used, fit.Counts.Count(c => c > 0.5));
        return fit.Elbo;
    }
}
