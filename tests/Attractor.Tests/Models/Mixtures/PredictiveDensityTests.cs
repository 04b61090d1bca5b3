using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Models.Mixtures;

/// <summary>Posterior predictive densities are densities: their values are compared with SciPy's where the sweeps are.</summary>
public sealed class PredictiveDensityTests
{
    private static readonly TimeSeries s_rows = new(
        [
            0.3, -0.8, 2, 1, 0, 2.1, 1.7, 7, 0, 2, 1.6, double.NaN, double.NaN, 1, 1, 2.4, 1.1, 9, 0, 2, -0.2, 0.1, 1, 1, double.NaN, 0.9,
            0.2, 4, 1, 0
        ],
        5,
        1,
        ["x", "y", "count", "binary", "category"]);

    public static TheoryData<string> Locations => ["known precision", "shared precision", "normal-gamma", "normal-wishart"];

    [Theory]
    [MemberData(nameof(Locations))]
    public void In_one_dimension_it_integrates_to_1(string kind)
    {
        Mixture model = Fitted(Location(kind, ["x"]));
        (double[] x, double[] weights) = Line();
        double[] log = model.LogPredictive(new(x, 1, 1, ["x"]));
        Assert.Equal(1, log.Zip(weights, (l, w) => w * Math.Exp(l)).Sum(), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Locations))]
    public void In_two_dimensions_it_integrates_to_1(string kind)
    {
        Mixture model = Fitted(Location(kind, ["x", "y"]));
        (double[] x, double[] weights) = Line(150);
        double[] log = model.LogPredictive(new([.. x.SelectMany(a => x.SelectMany(b => (double[])[a, b]))], 2, 1, ["x", "y"]));
        double sum = 0;
        for (int i = 0; i < log.Length; i++)
            sum += weights[i / x.Length] * weights[i % x.Length] * Math.Exp(log[i]);
        Assert.Equal(1, sum, 1e-4);
    }

    [Theory]
    [InlineData("known precision")]
    [InlineData("shared precision")]
    [InlineData("normal-gamma")]
    public void A_coordinate_that_is_missing_is_integrated_over(string kind)
    {
        Mixture model = Fitted(Location(kind, ["x", "y"]));
        (double[] y, double[] weights) = Line();
        foreach (double x in (double[])[-3, 0.7, 2.2, 30])
        {
            double[] log = model.LogPredictive(new([.. y.SelectMany(v => (double[])[x, v])], 2, 1, ["x", "y"]));
            double missing = model.LogPredictive(new([x, double.NaN], 2, 1, ["x", "y"]))[0];
            Assert.Equal(1, log.Zip(weights, (l, w) => w * Math.Exp(l - missing)).Sum(), 1e-8);
        }
    }

    [Fact]
    public void With_a_full_covariance_a_row_with_a_missing_coordinate_says_nothing()
    {
        Mixture model = Fitted(Location("normal-wishart", ["x", "y"]));
        Assert.Equal([0, 0, 0], model.LogPredictive(new([1, double.NaN, double.NaN, 1, double.NaN, double.NaN], 2, 1, ["x", "y"])).Select(
            v => Math.Round(v, 14)));
    }

    [Fact]
    public void Counts_categories_and_places_together_sum_to_1()
    {
        Mixture model = Fitted(
            Location("normal-gamma", ["x"]),
            new PoissonBlock("count", 1.4, 0.2),
            new BernoulliBlock("binary", 0.9, 1.6),
            new CategoricalBlock("category", ["a", "b", "c"], 0.8));
        (double[] x, double[] weights) = Line(200);
        List<double> rows = [], row = [];
        for (int count = 0; count < 60; count++)
            for (int binary = 0; binary < 2; binary++)
                for (int category = 0; category < 3; category++)
                    for (int i = 0; i < x.Length; i++)
                    {
                        rows.AddRange([x[i], count, binary, category]);
                        row.Add(weights[i]);
                    }
        double[] log = model.LogPredictive(new([.. rows], 4, 1, ["x", "count", "binary", "category"]));
        // What is left are counts of 60 and more.
        double[] tail = model.LogPredictive(new(
            [.. Enumerable.Range(60, 4000).SelectMany(c => (double[])[double.NaN, c, double.NaN, double.NaN])],
            4,
            1,
            ["x", "count", "binary", "category"]));
        Assert.Equal(1, log.Zip(row, (l, w) => w * Math.Exp(l)).Sum() + tail.Sum(Math.Exp), 1e-8);
    }

    [Fact]
    public void With_a_shared_precision_of_few_points_the_tails_are_those_of_a_t_distribution()
    {
        // Of one point the mean is all but known beside 1 / tau where tau is small: log p falls by (2 c + 1) log 10 from x to 10 x.
        Mixture model = new(1, [new GaussianMeanBlock(["x"], 1.5, 1, [0], 1)]);
        double[] log = model.LogPredictive(new([1e6, 1e7, 1e-3, 1e100], 1, 1, ["x"]));
        Assert.Equal(-4 * Math.Log(10), log[1] - log[0], 1e-9);
        Assert.All(log, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Rows_of_a_table_with_other_columns_in_another_order_are_found_by_name()
    {
        Mixture model = Fitted(Location("normal-gamma", ["y", "x"]), new PoissonBlock("count"));
        double expected = model.LogPredictive(new([1.5, 0.5, 3], 3, 1, ["x", "y", "count"]))[0];
        Assert.Equal(expected, model.LogPredictive(new([99, 3, 0.5, 1.5], 4, 1, ["other", "count", "y", "x"]))[0]);
    }

    [Fact]
    public void The_predictive_density_of_a_mixture_is_that_of_its_components_in_the_proportions_of_the_weights()
    {
        // Of one row the density given a component is seen where the weight of the other is next to nothing.
        ConjugateBlock[] blocks = [new GaussianMeanBlock(["x"], 4, [0], 1)];
        TimeSeries x = new([0.3, 2, -7], 1, 1, ["x"]);
        double[] one = new Mixture(1, blocks).LogPredictive(x),
            three = new Mixture(3, blocks, MixtureWeights.Dirichlet([1, 5, 2])).LogPredictive(x);
        Assert.All(one.Zip(three), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * Math.Abs(pair.First)));
        double normal = -0.5 * ((0.09 / 1.25) + Math.Log(2 * Math.PI * 1.25));
        Assert.Equal(normal, one[0], 1e-14);
    }

    internal static ConjugateBlock Location(string kind, string[] columns)
    {
        double[] nu = [.. columns.Select((_, d) => 0.5 - (0.3 * d))];
        return kind switch
        {
            "known precision" => new GaussianMeanBlock(columns, 1.3, nu, 0.2),
            "shared precision" => new GaussianMeanBlock(columns, 1.5, 0.7, nu, 0.2),
            "normal-gamma" => new NormalGammaBlock(columns, nu, 0.4, 1.2, 0.8),
            "normal-wishart"
                => new NormalWishartBlock(columns, columns.Length == 1 ? [1.1] : [1.1, 0.3, 0.3, 0.9], nu, 0.4, columns.Length + 1.4),
            _ => throw new NotSupportedException(kind),
        };
    }

    internal static Mixture Fitted(params ConjugateBlock[] blocks)
        => CoordinateAscent.Fit(new(2, blocks, MixtureWeights.Dirichlet(1)), s_rows, new() { Restarts = 3 }).Mixture;

    // The line as x = 0.5 + sinh(t): tails of any t distribution are reached.
    private static (double[] X, double[] Weights) Line(int nodes = 3000)
    {
        double reach = nodes > 1000 ? 30 : 12, step = 2 * reach / nodes;
        double[] t = [.. Enumerable.Range(0, nodes + 1).Select(i => (i * step) - reach)];
        return ([.. t.Select(v => 0.5 + Math.Sinh(v))], [.. t.Select(v => step * Math.Cosh(v))]);
    }
}
