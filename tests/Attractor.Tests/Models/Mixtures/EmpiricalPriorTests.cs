using Attractor.Data;
using Attractor.Models;

namespace Attractor.Tests.Models.Mixtures;

public sealed class EmpiricalPriorTests
{
    // Means 2, 10, 0.5, 1 and variances 0.5, 50, 0.25, 0.5.
    private static readonly SeriesRows s_rows = new(new([1, 0, 0, 0, 2, 10, 1, 2, 3, 20, 0, 1, 2, 10, 1, 1], 4, 1, ["x", "y", "yes", "n"]));

    [Fact]
    public void TheGaussianIsAsWideAsComponentsThatTileTheColumns()
    {
        GaussianPrior prior = GaussianPrior.From(s_rows, ["x", "y"], components: 4);
        Assert.Equal([2, 10], prior.Mean);
        Assert.Equal(1 / 50.0, prior.PrecisionOfMean, 15);
        // K^(-2/D) = 1/4 of the mean variance (0.5 + 50) / 2.
        Assert.Equal((1, 25.25 / 4), (prior.Shape, prior.Rate));
        Assert.Equal(0.01, prior.Kappa);
        Assert.Equal(2, prior.DegreesOfFreedom);
        Assert.Equal([2 * 0.5 / 4, 0, 0, 2 * 50.0 / 4], prior.InverseScale);
    }

    [Fact]
    public void ABlockHasThePriorItIsAskedFrom()
    {
        GaussianPrior prior = GaussianPrior.From(s_rows, ["x", "y"], components: 4) with { Kappa = 0.5, Shape = 3 };
        Assert.Equal((0.5, 3, prior.Rate), (prior.Spherical().Kappa, prior.Spherical().Shape, prior.Spherical().Rate));
        Assert.Equal(["x", "y"], prior.Diagonal().Select(b => b.Columns.Single()));
        Assert.Equal([2.0, 10.0], prior.Diagonal().Select(b => b.PriorMean.Single()));
        Assert.Equal(prior.InverseScale, prior.Full().InverseScale);
        Assert.Equal((3, prior.Rate), prior.SharedPrecision().PrecisionPrior);
        Assert.Equal((7, prior.PrecisionOfMean), (prior.KnownPrecision(7).Precision, prior.KnownPrecision(7).PriorPrecision));
    }

    [Fact]
    public void TheRateOfACountIsTheMeanOfItsColumn()
    {
        PoissonBlock block = EmpiricalPrior.Counts(s_rows, "n", shape: 3);
        Assert.Equal((3, 3), (block.Shape, block.Rate));
        Assert.Equal(2 / 1e-3, EmpiricalPrior.RateOfCounts(new SeriesRows(new([0, 1e-4], 1, 1, ["n"])), "n", shape: 2));
    }

    [Fact]
    public void AColumnThatTellsNoComponentFromAnotherIsRefused()
    {
        Assert.StartsWith(
            "there is no column 'z'; there are x, y, yes, n",
            Message(() => EmpiricalPrior.Informative(s_rows, "z")),
            StringComparison.Ordinal);
        SeriesRows bad = new(new([1, double.NaN, -1e200, 1, double.NaN, 1e200], 3, 1, ["same", "none", "wide"]));
        Assert.StartsWith(
            "the column 'same' is constant (1 in every row): it tells no component from another; leave it out",
            Message(() => EmpiricalPrior.Binary(bad, "same")),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "the column 'none' holds no values: leave it out", Message(() => EmpiricalPrior.Counts(bad, "none")), StringComparison.Ordinal);
        Assert.StartsWith(
            "the column 'wide' goes from -1E+200 to 1E+200, which is beyond reckoning: rescale it",
            Message(() => GaussianPrior.From(bad, ["wide"], 2)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "the column 'yes' holds the category 'only' only",
            Message(() => EmpiricalPrior.Categories(s_rows, "yes", ["only"])),
            StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
