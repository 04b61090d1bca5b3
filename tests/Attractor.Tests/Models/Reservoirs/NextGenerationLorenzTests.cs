using Attractor.Systems;

namespace Attractor.Tests.Models.Reservoirs;

/// <summary>
/// Forty trials, four times the published ten: the test error has a heavy tail (over twenty groups of ten trials its mean went from 1.6e-3
/// to infinity), so it is the median that is held to a number.
/// </summary>
[Trait("Registers", "Any")]
public sealed class NextGenerationLorenzTests
{
    private const int Trials = 40;

    [Fact]
    public void It_forecasts_the_published_data_as_published()
    {
        TimeSeries orbit = new BogackiShampine32().Simulate(
            Lorenz63.Default, NextGenerationLorenz.Start, NextGenerationLorenz.Rows(Trials), NextGenerationLorenz.Dt);
        (double[] train, double[] test) = NextGenerationLorenz.Run(orbit, Trials, ridge: 2.5e-6);
        Assert.InRange(train.Average(), 0.95 * 1.05e-4, 1.05 * 1.05e-4);
        Assert.InRange(NextGenerationLorenz.Median(test), 1.2e-3, 3e-3);
        Assert.InRange(test.Count(error => error < 0.05), Trials - 3, Trials);
    }

    // What the coarse integration leaves in the data regularises the fit; data without it need a ridge that does.
    [Fact]
    public void With_accurate_data_the_published_ridge_is_too_small()
    {
        TimeSeries orbit = Lorenz63.Default.Simulate(
            NextGenerationLorenz.Rows(Trials),
            NextGenerationLorenz.Dt,
            initial: NextGenerationLorenz.Start,
            integrator: new DormandPrince54(1e-10, 1e-10));
        (double[] train, double[] test) = NextGenerationLorenz.Run(orbit, Trials, ridge: 2.5e-6);
        Assert.InRange(train.Average(), 5e-5, 7e-5);
        Assert.InRange(test.Count(error => error > 0.1), Trials / 2, Trials);

        (train, test) = NextGenerationLorenz.Run(orbit, Trials, ridge: 0.25);
        Assert.InRange(train.Average(), 1.6e-4, 2.1e-4);
        Assert.InRange(NextGenerationLorenz.Median(test), 1.5e-3, 6e-3);
        Assert.InRange(test.Count(error => error < 0.05), Trials - 3, Trials);
    }
}
