using Attractor.Evaluation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Mixtures;

/// <summary>
/// Draws are of the distribution whose density is given. Seeds are fixed: the p-values are what they are, and small ones would speak
/// against the sampler.
/// </summary>
public sealed class PredictiveSamplesTests
{
    private const int Draws = 40_000;
    private const double Least = 1e-3;

    [Theory]
    [InlineData("known precision")]
    [InlineData("shared precision")]
    [InlineData("normal-gamma")]
    [InlineData("normal-wishart")]
    public void Draws_of_a_place_follow_the_predictive_density(string kind)
    {
        Mixture model = PredictiveDensityTests.Fitted(PredictiveDensityTests.Location(kind, ["x"]));
        double[] x = model.Sample(Draws, seed: 2).Column(0);
        // The distribution function, by integrating the density over x = sinh(t).
        const int nodes = 6000;
        double step = 24.0 / nodes;
        double[] grid = [.. Enumerable.Range(0, nodes + 1).Select(i => Math.Sinh((i * step) - 12))];
        double[] density = [.. model.LogPredictive(new(grid, 1, 1, ["x"])).Select((l, i) => Math.Exp(l) * Math.Cosh((i * step) - 12))];
        double[] cumulative = new double[nodes + 1];
        for (int i = 1; i <= nodes; i++)
            cumulative[i] = cumulative[i - 1] + (0.5 * step * (density[i - 1] + density[i]));
        Assert.Equal(1, cumulative[^1], 1e-6);
        AssertFollows(x, v =>
        {
            double at = (Math.Asinh(v) + 12) / step;
            int i = (int)at;
            return cumulative[i] + ((at - i) * (cumulative[i + 1] - cumulative[i]));
        });
    }

    [Fact]
    public void The_coordinates_of_a_normal_gamma_share_their_precision()
    {
        // |x - m|^2 / (2 spread) over d / c is of an F distribution with 2 and 2c degrees of freedom.
        Mixture model = CoordinatesOf(new NormalGammaBlock(["x", "y"], [0.5, 0.2], 0.4, 1.2, 0.8));
        NormalGammaPosterior q = (NormalGammaPosterior)model.Posteriors[0];
        double c = q.Shape[0], scale = q.Rate[0] / c * (1 + (1 / q.Kappa(0)[0])), mx = q.Mean(0)[0], my = q.Mean(0)[1];
        TimeSeries draws = model.Sample(Draws, 3);
        AssertFollows(
            [.. Enumerable.Range(0, Draws).Select(n => (Square(draws[n, 0] - mx) + Square(draws[n, 1] - my)) / (2 * scale))],
            f => 1 - Math.Pow(1 + (f / c), -c));
    }

    [Fact]
    public void The_coordinates_of_a_normal_Wishart_have_its_scale_matrix()
    {
        Mixture model = CoordinatesOf(new NormalWishartBlock(["x", "y"], [1.1, 0.6, 0.6, 0.9], [0.5, 0.2], 0.4, 2.7));
        NormalWishartPosterior q = (NormalWishartPosterior)model.Posteriors[0];
        double degrees = q.DegreesOfFreedom[0] - 1, spread = (1 + (1 / q.Kappa[0])) / degrees,
            a = q.InverseScale(0)[0] * spread, b = q.InverseScale(0)[1] * spread, d = q.InverseScale(0)[3] * spread;
        double mx = q.Mean(0)[0], my = q.Mean(0)[1];
        TimeSeries draws = model.Sample(Draws, 4);
        double[] distances = [.. Enumerable.Range(0, Draws)
            .Select(n => (Dx: draws[n, 0] - mx, Dy: draws[n, 1] - my))
            .Select(v => ((d * v.Dx * v.Dx) - (2 * b * v.Dx * v.Dy) + (a * v.Dy * v.Dy)) / ((a * d) - (b * b)) / 2)];
        AssertFollows(distances, f => 1 - Math.Pow(1 + (2 * f / degrees), -degrees / 2));
        // Half of the draws lie where the product of the whitened coordinates is positive: the direction of the ellipse.
        double[] whitened = [.. Enumerable.Range(0, Draws)
            .Select(n => (draws[n, 0] - mx) / Math.Sqrt(a))
            .Select((u, n) => u * (((draws[n, 1] - my) - (b / a * (draws[n, 0] - mx))) / Math.Sqrt(d - (b * b / a))))];
        Assert.InRange(whitened.Count(v => v > 0), (Draws / 2) - (3.3 * Math.Sqrt(Draws) / 2), (Draws / 2) + (3.3 * Math.Sqrt(Draws) / 2));
    }

    [Fact]
    public void Counts_values_of_two_and_categories_come_as_often_as_their_probabilities_say()
    {
        Mixture model = PredictiveDensityTests.Fitted(
            new PoissonBlock("count", 1.4, 0.2),
            new BernoulliBlock("binary", 0.9, 1.6),
            new CategoricalBlock("category", ["a", "b", "c"], 0.8));
        TimeSeries draws = model.Sample(Draws, 5);
        // Cells of the three together: columns of a row are of one component, and so not independent. Counts of 24 and more are one cell.
        const int most = 24;
        double[] cells = [.. from count in Enumerable.Range(0, most) from binary in Enumerable.Range(
            0, 2) from category in Enumerable.Range(0, 3) from v in (double[])[count, binary, category] select v];
        double[] expected = [.. model.LogPredictive(new(cells, 3, 1, ["count", "binary", "category"])).Select(l => Draws * Math.Exp(l))];
        double[] found = new double[expected.Length];
        int rest = 0;
        for (int n = 0; n < Draws; n++)
            if (draws[n, 0] < most)
                found[(int)((draws[n, 0] * 6) + (draws[n, 1] * 3) + draws[n, 2])]++;
            else
                rest++;
        double restExpected = Draws - expected.Sum(), statistic = Square(rest - restExpected) / restExpected;
        int degrees = 0;
        for (int i = 0; i < expected.Length; i++)
            if (expected[i] > 5)
                (statistic, degrees) = (statistic + (Square(found[i] - expected[i]) / expected[i]), degrees + 1);
        Assert.InRange(degrees, 60, 144);
        Assert.InRange(IncompleteGamma.Q(0.5 * degrees, 0.5 * statistic), Least, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_and_more_of_them_begin_with_the_same()
    {
        Mixture model = PredictiveDensityTests.Fitted(
            PredictiveDensityTests.Location("normal-gamma", ["x", "y"]), new PoissonBlock("count"));
        TimeSeries a = model.Sample(100, 7), b = model.Sample(100, 7), more = model.Sample(200, 7), other = model.Sample(100, 8);
        Assert.Equal(["x", "y", "count"], a.Names);
        Assert.Equal((100, 3), (a.Length, a.Dimension));
        Assert.Equal(a.Values.ToArray(), b.Values.ToArray());
        Assert.Equal(a.Values.ToArray(), more.Slice(0, 100).Values.ToArray());
        Assert.NotEqual(a.Values.ToArray(), other.Values.ToArray());
    }

    [Fact]
    public void Draws_can_be_learnt_from_and_have_the_columns_of_the_data()
    {
        Mixture model = PredictiveDensityTests.Fitted(
            new PoissonBlock("count"), new BernoulliBlock("binary"), new CategoricalBlock("category", ["a", "b", "c"]));
        Assert.All(model.LogPredictive(model.Sample(500)), value => Assert.InRange(value, double.NegativeInfinity, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Sample(0));
    }

    // One component that has learnt from a few rows.
    private static Mixture CoordinatesOf(ConjugateBlock block)
    {
        TimeSeries rows = new([0.3, -0.8, 2.1, 1.7, 1.6, 0.4, 2.4, 1.1], 2, 1, ["x", "y"]);
        return Attractor.Learning.CoordinateAscent.Fit(new(1, [block]), rows).Mixture;
    }

    private static void AssertFollows(double[] draws, Func<double, double> distribution)
    {
        Array.Sort(draws);
        double largest = 0;
        for (int i = 0; i < draws.Length; i++)
            if (distribution(draws[i]) is var f)
                largest = Math.Max(largest, Math.Max(f - ((double)i / draws.Length), ((double)(i + 1) / draws.Length) - f));
        Assert.InRange(KolmogorovSmirnov.Survival(largest * Math.Sqrt(draws.Length)), Least, 1);
    }

    private static double Square(double value) => value * value;
}
