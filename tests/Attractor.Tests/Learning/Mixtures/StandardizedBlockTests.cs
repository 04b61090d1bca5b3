using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

namespace Attractor.Tests.Learning.Mixtures;

/// <summary>A Gaussian of standardised columns says of the data what it says of the columns, in their units.</summary>
public sealed class StandardizedBlockTests : IDisposable
{
    private static readonly Standardization s_units = new([1013, -3], [8e5, 0.01]);

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-").FullName;

    public static TheoryData<string> Families => ["spherical", "shared", "full"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Families))]
    public void The_bound_is_that_of_the_columns_less_the_logarithm_of_their_units(string family)
    {
        TimeSeries z = Rows(), x = s_units.Undo(z);
        MixtureFit inside = Fit(Block(family), z), fit = Fit(new StandardizedBlock(Block(family), s_units), x);
        double missing = family == "full" ? 2 * 9 * s_units.LogScale / 2 : 9 * Math.Log(s_units.Scale[1]),
            expected = inside.Elbo - (300 * s_units.LogScale) + missing;
        Assert.Equal(expected, fit.Elbo, 1e-6);
        double[] densities = inside.Mixture.LogPredictive(z), own = fit.Mixture.LogPredictive(x);
        for (int n = 1; n < 30; n++)
            Assert.Equal(densities[n] - s_units.LogScale, own[n], 1e-6);
        Assert.Equal(inside.Mixture.Responsibilities(z)[5, 0], fit.Mixture.Responsibilities(x)[5, 0], 1e-8);
        TimeSeries drawn = s_units.Undo(inside.Mixture.Sample(5, 3)), drawnOwn = fit.Mixture.Sample(5, 3);
        for (int i = 0; i < drawn.Values.Length; i++)
            Assert.Equal(drawn.Values[i], drawnOwn.Values[i], 1e-6 * s_units.Scale[i % 2]);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_file_keeps_them(string family)
    {
        TimeSeries x = s_units.Undo(Rows());
        Mixture mixture = Fit(new StandardizedBlock(Block(family), s_units), x).Mixture;
        string path = Path.Combine(_folder, "mixture.safetensors");
        ModelFile.Save(path, mixture);
        Mixture read = ModelFile.Load<Mixture>(path);
        Assert.Equal(mixture.LogPredictive(x), read.LogPredictive(x));
        PositionView view = (PositionView)read.Posteriors[0].View(0)!, before = (PositionView)mixture.Posteriors[0].View(0)!;
        Assert.Equal(before.Centre, view.Centre);
        Assert.InRange(Math.Sqrt(view.Covariance[0]) / s_units.Scale[0], 0.05, 3);
    }

    // ln 8e5 and ln 0.01, of the values that are there; a family of whole rows leaves a row with a gap out.
    [Theory]
    [InlineData("spherical", 13.592367006650065)]
    [InlineData("full", 0)]
    public void A_row_with_a_gap_counts_the_units_of_what_the_family_sees(string family, double expected)
    {
        StandardizedBlock block = new(Block(family), s_units);
        Assert.Equal(expected, block.LogScale([1013, double.NaN]), 1e-12);
        Assert.Equal(Math.Log(8e3), block.LogScale([1013, -3]), 1e-12);
    }

    [Fact]
    public void Counts_have_no_units()
        => Assert.Contains(
            "has no units",
            Assert.Throws<ArgumentException>(() => new StandardizedBlock(new PoissonBlock("n", 1, 1), new([0], [1]))).Message,
            StringComparison.Ordinal);

    private static MixtureFit Fit(ConjugateBlock block, TimeSeries rows)
        => CoordinateAscent.Fit(new(2, [block]), rows, new() { Restarts = 2, Seed = 4, Tolerance = 1e-12, MaxSweeps = 2000 });

    private static ConjugateBlock Block(string family) => family switch
    {
        "spherical" => new NormalGammaBlock(["a", "b"], rate: 0.5),
        "shared" => new GaussianMeanBlock(["a", "b"], 1, 0.5, [0, 0], 1),
        _ => new NormalWishartBlock(["a", "b"], [1, 0, 0, 1], [0, 0], 0.01, 2),
    };

    // Two clusters; every 33rd value of the second column is missing.
    private static TimeSeries Rows()
    {
        RandomStream random = new(8, "rows");
        double[] values = new double[600];
        for (int n = 0; n < 300; n++)
        {
            values[2 * n] = (n % 3 == 0 ? -1.2 : 0.6) + (0.3 * random.NextNormal());
            values[(2 * n) + 1] = n > 0 && n % 33 == 0 ? double.NaN : (n % 3 == 0 ? 1 : -0.5) + (0.3 * random.NextNormal());
        }
        return new(values, 2, 1, ["a", "b"]);
    }
}
