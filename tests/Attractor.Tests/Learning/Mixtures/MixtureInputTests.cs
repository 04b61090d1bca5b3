using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>What cannot be fitted is refused with a sentence that says what is wrong, where, and what would be right.</summary>
[Trait("Registers", "Narrow")]
public sealed class MixtureInputTests
{
    private static readonly string[] s_names = ["x", "y", "s", "b", "c"];

    private static double[] Good => [0, 1, 2, 0, 0, 1, 3, 0, 1, 2, 4, 0.5, 7, 1, 1, 2, 2, 5, 0, 0];

    public static TheoryData<int, double, string> BadValues => new()
    {
        { 12, -1, "row 3, column 's': -1 is not a count: 0, 1, 2, ..." },
        { 12, 1.5, "row 3, column 's': 1.5 is not a count: 0, 1, 2, ..." },
        { 12, 1e300, "row 3, column 's': 1E+300 is not a count: 0, 1, 2, ..." },
        { 12, double.PositiveInfinity, "row 3, column 's': Infinity is not a count: 0, 1, 2, ..." },
        { 8, 2, "row 2, column 'b': 2 is neither 0 nor 1" },
        { 8, 0.5, "row 2, column 'b': 0.5 is neither 0 nor 1" },
        { 19, 3, "row 4, column 'c': 3 is not the index of a category: 0 to 2" },
        { 19, -1, "row 4, column 'c': -1 is not the index of a category: 0 to 2" },
        { 19, 0.5, "row 4, column 'c': 0.5 is not the index of a category: 0 to 2" },
        { 0, double.PositiveInfinity, "row 1, column 'x': Infinity is not finite" },
        { 1, double.NegativeInfinity, "row 1, column 'y': -Infinity is not finite" },
    };

    public static TheoryData<string, string> BadDefinitions { get; } = new()
    {
        { "precision 0", "precision must be above 0 and finite. (Parameter 'precision')" },
        { "precision NaN", "precision must be above 0 and finite. (Parameter 'precision')" },
        { "prior precision", "priorPrecision must be above 0 and finite. (Parameter 'priorPrecision')" },
        { "shape of precision", "shape must be above 0 and finite. (Parameter 'shape')" },
        { "rate of precision", "rate must be above 0 and finite. (Parameter 'rate')" },
        { "kappa", "kappa must be above 0 and finite. (Parameter 'kappa')" },
        { "two means for one column", "priorMean has 2 values, expected 1: one for each of x. (Parameter 'priorMean')" },
        { "mean NaN", "priorMean holds a value that is not finite. (Parameter 'priorMean')" },
        { "poisson shape", "shape must be above 0 and finite. (Parameter 'shape')" },
        { "poisson rate", "rate must be above 0 and finite. (Parameter 'rate')" },
        { "bernoulli ones", "ones must be above 0 and finite. (Parameter 'ones')" },
        { "bernoulli zeros", "zeros must be above 0 and finite. (Parameter 'zeros')" },
        { "categorical concentration", "concentration must be above 0 and finite. (Parameter 'concentration')" },
        { "one category", "The column 'c' has 1 categories; 2 to 4096 are expected. (Parameter 'levels')" },
        { "same category", "Two categories of the column 'c' have the same name. (Parameter 'levels')" },
        { "matrix size", "The inverse scale matrix of 2 columns has 4 values, found 3. (Parameter 'inverseScale')" },
        {
            "matrix not symmetric",
            "The inverse scale matrix is not symmetric: 0.4 in row 2, column 1, but 0.5 in row 1, column 2. (Parameter 'inverseScale')"
        },
        { "matrix indefinite", "The inverse scale matrix is not positive definite. (Parameter 'inverseScale')" },
        { "matrix NaN", "The inverse scale matrix is not positive definite. (Parameter 'inverseScale')" },
        { "degrees of freedom", "The degrees of freedom must be above 1: the number of columns less 1. (Parameter 'degreesOfFreedom')" },
        { "no column", "A block is about at least one column. (Parameter 'columns')" },
        { "column twice", "The column 'x' is named 2 times. (Parameter 'columns')" },
        { "column without a name", "A column has no name. (Parameter 'columns')" },
        { "weights that do not sum to 1", "Weights are above 0 and sum to 1; found 0.5, 0.25, which sum to 0.75. (Parameter 'weights')" },
        { "negative weight", "Weights are above 0 and sum to 1; found 1.5, -0.5, which sum to 1. (Parameter 'weights')" },
        { "weight NaN", "Weights are above 0 and sum to 1; found NaN, 1, which sum to NaN. (Parameter 'weights')" },
        { "dirichlet 0", "Concentrations are above 0; found 0. (Parameter 'concentration')" },
        { "dirichlet of one 0", "Concentrations are above 0; found 1, 0. (Parameter 'concentration')" },
        { "weights of other components", "There are 3 weights for 2 components. (Parameter 'weights')" },
        { "no block", "A mixture needs at least one block of columns. (Parameter 'blocks')" },
        { "column in two blocks", "The column 'x' is in 2 blocks; it would count as often. (Parameter 'blocks')" },
        { "no component", "A mixture has 1 to 4096 components. (Parameter 'components')" },
    };

    private static ConjugateBlock[] Blocks =>
    [
        new GaussianMeanBlock(["x", "y"], 1),
        new PoissonBlock("s"),
        new BernoulliBlock("b"),
        new CategoricalBlock("c", ["u", "v", "w"])
    ];

    [Theory]
    [MemberData(nameof(BadValues))]
    public void A_value_that_does_not_belong_into_its_column_is_named_with_its_row(int at, double value, string message)
    {
        double[] values = Good;
        values[at] = value;
        TimeSeries rows = new(values, 5, 1, s_names);
        AssertMessage(message + " (Parameter 'rows')", () => CoordinateAscent.Fit(new(2, Blocks), rows));
        AssertMessage(message + " (Parameter 'rows')", () => new Mixture(2, Blocks).Responsibilities(rows));
        AssertMessage(message + " (Parameter 'rows')", () => new Mixture(2, Blocks).LogPredictive(rows));
    }

    [Fact]
    public void A_value_far_down_is_named_with_its_row_whatever_thread_finds_it()
    {
        double[] values = [.. Enumerable.Range(0, 50_000).Select(n => n == 33_333 || n == 44_444 ? -2.0 : n % 7)];
        foreach (int? threads in (int?[])[1, 2, null])
            AssertMessage("row 33334, column 's': -2 is not a count: 0, 1, 2, ... (Parameter 'rows')", () => CoordinateAscent.Fit(
                new(2, [new PoissonBlock("s")]), new TimeSeries(values, 1, 1, ["s"]), new() { Threads = threads }));
    }

    [Fact]
    public void Fewer_rows_than_components()
        => AssertMessage("There are 4 rows for 5 components: ask for fewer. (Parameter 'rows')", () => Fit(Good, new(5, Blocks)));

    [Fact]
    public void A_constant_column()
        => AssertMessage(
            "The column 'y' is constant (3 in every row): it tells no component from another; leave it out. (Parameter 'rows')",
            () => Fit([.. Good.Select((v, i) => i % 5 == 1 ? 3 : v)], new(2, Blocks)));

    [Fact]
    public void A_column_without_values()
        => AssertMessage(
            "The column 'y' holds no values: leave it out. (Parameter 'rows')",
            () => Fit([.. Good.Select((v, i) => i % 5 == 1 ? double.NaN : v)], new(2, Blocks)));

    [Fact]
    public void A_column_that_is_not_there()
    {
        const string message = "There is no column 'depth'; there are x, y, s, b, c. (Parameter 'column')";
        Mixture model = new(2, [new PoissonBlock("depth")]);
        AssertMessage(message, () => Fit(Good, model));
        AssertMessage(message, () => model.Responsibilities(new(Good, 5, 1, s_names)));
        AssertMessage(message, () => model.LogPredictive(new(Good, 5, 1, s_names)));
    }

    [Theory]
    [MemberData(nameof(BadDefinitions))]
    public void A_definition_that_cannot_be(string what, string message) => AssertMessage(message, () => Define(what));

    [Theory]
    [InlineData(
        3,
        2,
        "The responsibilities to start from are 3 x 2, expected 4 rows and 2 columns, one for each component. (Parameter "
        + "'responsibilities')")]
    [InlineData(
        4,
        3,
        "The responsibilities to start from are 4 x 3, expected 4 rows and 2 columns, one for each component. (Parameter "
        + "'responsibilities')")]
    public void Responsibilities_of_another_size(int rows, int components, string message)
        => AssertMessage(message, () => Fit(Good, new(2, Blocks), new double[rows, components]));

    [Theory]
    [InlineData(
        1.25,
        -0.25,
        "The responsibilities to start from hold -0.25 in row 3, component 2; they are 0 to 1. (Parameter 'responsibilities')")]
    [InlineData(
        double.NaN,
        1.0,
        "The responsibilities to start from hold NaN in row 3, component 1; they are 0 to 1. (Parameter 'responsibilities')")]
    [InlineData(0.5, 0.25, "The responsibilities to start from sum to 0.75 in row 3, expected 1. (Parameter 'responsibilities')")]
    [InlineData(0.0, 0.0, "The responsibilities to start from sum to 0 in row 3, expected 1. (Parameter 'responsibilities')")]
    public void Responsibilities_that_are_no_probabilities(double first, double second, string message)
    {
        double[,] r = { { 1, 0 }, { 0.5, 0.5 }, { first, second }, { 0, 1 } };
        AssertMessage(message, () => Fit(Good, new(2, Blocks), r));
    }

    [Fact]
    public void Options_out_of_range()
    {
        CoordinateAscentOptions[] bad =
            [
                new() { Restarts = 0 },
                new() { MaxSweeps = -1 },
                new() { Threads = -1 },
                new() { Tolerance = 0 },
                new() { Tolerance = double.NaN },
                new() { CountTolerance = -1 }
            ];
        Assert.All(bad, options => Assert.ThrowsAny<ArgumentException>(
            () => CoordinateAscent.Fit(new(2, Blocks), new TimeSeries(Good, 5, 1, s_names), options)));
    }

    [Fact]
    public void Columns_that_are_multiples_of_each_other_are_held_by_the_prior_as_long_as_its_digits_count()
    {
        TimeSeries At(double scale) => new(
            [.. Enumerable.Range(0, 50).SelectMany(n => (double[])[scale * Math.Sin(n), scale * 2 * Math.Sin(n)])], 2, 1, ["x", "y"]);
        MixtureFit fit = CoordinateAscent.Fit(new(2, [new NormalWishartBlock(["x", "y"], [1, 0, 0, 1])]), At(1e3));
        Assert.True(fit.Converged);
        ArithmeticException e = Assert.Throws<ArithmeticException>(
            () => CoordinateAscent.Fit(new(2, [new NormalWishartBlock(["x", "y"], [1, 0, 0, 1])]), At(1e9)));
        Assert.Equal(
            "The posterior covariance of a component is singular to rounding: a column is a combination of others, or varies a billion "
            + "times less than they do.",
            e.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(40)]
    public void Rows_that_cannot_be_read_end_the_fit_and_nothing_else(int reads)
    {
        // 20 tiles are read for their statistics, all rows for the centres to start from, and the tiles again for what is nearest to these.
        BrokenRows rows = new(reads);
        IOException e = Assert.Throws<IOException>(() => CoordinateAscent.Fit(new(3, [new NormalGammaBlock(["x"])]), rows));
        Assert.Equal("The disk is gone.", e.Message);
    }

    private static object Define(string what) => what switch
    {
        "precision 0" => new GaussianMeanBlock(["x"], 0),
        "precision NaN" => new GaussianMeanBlock(["x"], double.NaN),
        "prior precision" => new GaussianMeanBlock(["x"], 1, null, -1),
        "shape of precision" => new GaussianMeanBlock(["x"], 0, 1, null, 1),
        "rate of precision" => new GaussianMeanBlock(["x"], 1, double.PositiveInfinity, null, 1),
        "kappa" => new NormalGammaBlock(["x"], kappa: 0),
        "two means for one column" => new NormalGammaBlock(["x"], [1, 2]),
        "mean NaN" => new NormalGammaBlock(["x"], [double.NaN]),
        "poisson shape" => new PoissonBlock("s", 0),
        "poisson rate" => new PoissonBlock("s", 1, -1),
        "bernoulli ones" => new BernoulliBlock("b", 0),
        "bernoulli zeros" => new BernoulliBlock("b", 1, 0),
        "categorical concentration" => new CategoricalBlock("c", ["u", "v"], 0),
        "one category" => new CategoricalBlock("c", ["u"]),
        "same category" => new CategoricalBlock("c", ["u", "v", "u"]),
        "matrix size" => new NormalWishartBlock(["x", "y"], [1, 0, 1]),
        "matrix not symmetric" => new NormalWishartBlock(["x", "y"], [1, 0.5, 0.4, 1]),
        "matrix indefinite" => new NormalWishartBlock(["x", "y"], [1, 2, 2, 1]),
        "matrix NaN" => new NormalWishartBlock(["x", "y"], [1, double.NaN, double.NaN, 1]),
        "degrees of freedom" => new NormalWishartBlock(["x", "y"], [1, 0, 0, 1], degreesOfFreedom: 1),
        "no column" => new NormalGammaBlock([]),
        "column twice" => new NormalGammaBlock(["x", "x"]),
        "column without a name" => new PoissonBlock(""),
        "weights that do not sum to 1" => MixtureWeights.Fixed([0.5, 0.25]),
        "negative weight" => MixtureWeights.Fixed([1.5, -0.5]),
        "weight NaN" => MixtureWeights.Fixed([double.NaN, 1]),
        "dirichlet 0" => MixtureWeights.Dirichlet(0),
        "dirichlet of one 0" => MixtureWeights.Dirichlet([1, 0]),
        "weights of other components" => new Mixture(2, Blocks, MixtureWeights.Dirichlet([1, 1, 1])),
        "no block" => new Mixture(2, []),
        "column in two blocks" => new Mixture(2, [new GaussianMeanBlock(["x"], 1), new PoissonBlock("x")]),
        "no component" => new Mixture(0, Blocks),
        _ => throw new NotSupportedException(what),
    };

    private static MixtureFit Fit(double[] values, Mixture model, double[,]? responsibilities = null)
        => CoordinateAscent.Fit(model, new TimeSeries(values, 5, 1, s_names), new() { Responsibilities = responsibilities });

    // The value that was found stands on a line of its own where the platform adds it.
    private static void AssertMessage(string expected, Func<object> act)
    {
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(act);
        Assert.Equal(expected, e.Message.Split('\n')[0].TrimEnd('\r'));
    }

    // Rows of which only some reads succeed.
    private sealed class BrokenRows(int reads) : IRowSource
    {
        private readonly SeriesRows _rows = new(new([.. Enumerable.Range(0, 20 * 256).Select(n => Math.Sin(n))], 1, 1, ["x"]));
        private int _left = reads;

        public long Count => _rows.Count;

        public IReadOnlyList<string> Names => _rows.Names;

        public IReadOnlyList<ColumnProfile> Profiles => _rows.Profiles;

        public void Read(long first, Span<double> rows)
        {
            if (Interlocked.Decrement(ref _left) < 0)
                throw new IOException("The disk is gone.");
            _rows.Read(first, rows);
        }
    }
}
