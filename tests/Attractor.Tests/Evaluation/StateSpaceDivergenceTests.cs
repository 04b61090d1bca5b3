using Attractor.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Attractor.Tests.Evaluation;

public sealed class StateSpaceDivergenceTests
{
    private static readonly TimeSeries s_truth = GoldenSeries.Make(1, 1000, 3, 0.5, 0);

    [Fact]
    public void A_series_diverges_from_itself_by_nothing()
    {
        Assert.Equal(0, StateSpaceDivergence.Binned(s_truth, s_truth), 1e-12);
        Assert.Equal(0, StateSpaceDivergence.Mixture(s_truth, s_truth), 1e-12);
    }

    [Fact]
    public void It_is_never_negative()
        => Prop.ForAll<ushort, byte>((seed, bins) =>
        {
            TimeSeries generated = GoldenSeries.Make(seed, 200, 3, 0.3, seed % 3);
            double divergence = StateSpaceDivergence.Binned(s_truth, generated, 2 + (bins % 40));
            return double.IsNaN(divergence) || divergence >= -1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_bins_in_one_dimension_follow_the_formula()
    {
        // The range is -0.1 sd .. 1 + 0.1 sd, so the border is at 0.5: 3 of 4 points lie left, 1 of 2 generated.
        TimeSeries truth = new([0, 0.2, 0.4, 1], 1), generated = new([0.1, 0.9], 1);
        const double eps = 1e-5;
        double[] p = [(3 + eps) / (4 + (2 * eps)), (1 + eps) / (4 + (2 * eps))];
        double expected = (p[0] * Math.Log(p[0] / 0.5)) + (p[1] * Math.Log(p[1] / 0.5));
        Assert.Equal(expected, StateSpaceDivergence.Binned(truth, generated, 2), 1e-14);
    }

    [Fact]
    public void Points_outside_and_points_that_are_not_finite_are_dropped()
    {
        double[] values = [.. s_truth.Values, 1e9, 0, 0, double.NaN, 0, 0, 0, double.PositiveInfinity, 0];
        Assert.Equal(0, StateSpaceDivergence.Binned(s_truth, new(values, 3)), 1e-12);
    }

    [Fact]
    public void An_orbit_wholly_outside_or_not_finite_has_no_divergence()
    {
        TimeSeries lost = new([.. Enumerable.Repeat(double.NaN, 30)], 3), far = new([.. Enumerable.Repeat(1e6, 30)], 3);
        Assert.Equal(double.NaN, StateSpaceDivergence.Binned(s_truth, lost));
        Assert.Equal(double.NaN, StateSpaceDivergence.Binned(s_truth, far));
        Assert.Equal(double.NaN, StateSpaceDivergence.Mixture(s_truth, lost));
    }

    [Fact]
    public void Ten_dimensions_of_thirty_bins_cost_only_the_occupied()
    {
        TimeSeries truth = GoldenSeries.Make(1, 500, 10, 0.4, 0), other = GoldenSeries.Make(2, 500, 10, 0.4, 0);
        Assert.InRange(StateSpaceDivergence.Between(truth, other), 0, 1);
        Assert.Equal(StateSpaceDivergence.Binned(truth, other), StateSpaceDivergence.Between(truth, other));
    }

    [Fact]
    public void Above_ten_dimensions_the_mixture_serves()
    {
        TimeSeries truth = GoldenSeries.Make(1, 300, 11, 0.4, 0), other = GoldenSeries.Make(2, 300, 11, 0.4, 0);
        Assert.Equal(StateSpaceDivergence.Mixture(truth, other), StateSpaceDivergence.Between(truth, other));
        Assert.Equal(StateSpaceDivergence.Mixture(truth, other, 1, 7), StateSpaceDivergence.Between(truth, other, seed: 7));
    }

    [Fact]
    public void Two_single_Gaussians_diverge_by_half_their_squared_distance_in_standard_deviations()
    {
        TimeSeries a = new([0, 0, 0], 3), b = new([3, 0, 4], 3);
        // ln p - ln q is normal with mean d^2 / (2 s^2) and deviation d / s; 1000 draws.
        Assert.Equal(25 / (2 * 4.0), StateSpaceDivergence.Mixture(a, b, 4), 4 * 2.5 / Math.Sqrt(1000));
    }

    [Fact]
    public void Far_apart_mixtures_diverge_finitely()
        => Assert.InRange(StateSpaceDivergence.Mixture(new([0.0], 1), new([1e4], 1)), 4e7, 6e7);

    [Fact]
    public void What_cannot_be_compared_is_refused_with_a_reason()
    {
        Assert.Contains(
            "Expected 3 variables", Assert.Throws<ArgumentException>(() => StateSpaceDivergence.Binned(s_truth, new([1, 2], 2))).Message);
        Assert.Contains(
            "constant", Assert.Throws<ArgumentException>(() => StateSpaceDivergence.Binned(new([1, 1, 1], 1), new([1, 2], 1))).Message);
        TimeSeries wide = GoldenSeries.Make(1, 10, 14, 0.4, 0);
        Assert.Contains("bins are too many", Assert.Throws<ArgumentException>(() => StateSpaceDivergence.Binned(wide, wide)).Message);
    }
}
