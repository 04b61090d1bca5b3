namespace Attractor.Runs.Tests;

/// <summary>The rules that Optuna documents for its default sampler, by numbers that were computed by hand.</summary>
public sealed class ParzenRulesTests
{
    [Fact]
    public void Ten_trials_are_drawn_at_random_and_candidates_are_twenty_four()
    {
        StudySpace space = Space("alpha=0..1");
        List<SampledTrial> ended = [.. Enumerable.Range(0, 9).Select(n => new SampledTrial(n, [0.1 * n], [n], null))];
        RandomSampler random = new();
        Assert.Equal(random.Sample(space, 4, 9, ended), new ParzenSampler().Sample(space, 4, 9, ended));
        ended.Add(new(9, [0.95], [9], null));
        Assert.NotEqual(random.Sample(space, 4, 10, ended), new ParzenSampler().Sample(space, 4, 10, ended));
        Assert.Equal((10, 24), (ParzenSampler.Startup, ParzenSampler.Candidates));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(20, 2)]
    [InlineData(101, 11)]
    [InlineData(250, 25)]
    [InlineData(251, 25)]
    [InlineData(10_000, 25)]
    public void The_better_are_a_tenth_rounded_up_and_twenty_five_at_most(int ended, int better)
        => Assert.Equal(better, ParzenSampler.Better(ended));

    [Fact]
    public void Of_more_than_twenty_five_values_the_oldest_weigh_less()
    {
        Assert.Equal([0.25, 0.25, 0.25, 0.25], ParzenEstimator.Weights(3));
        // linspace(1/28, 1, 3), then twenty-five ones, then the prior's.
        double[] raw = [1.0 / 28, (1 + (1.0 / 28)) / 2, 1, .. Enumerable.Repeat(1.0, 25), 1];
        double sum = raw.Sum();
        Assert.Equal(27.5535714285714, sum, 1e-12);
        double[] weights = ParzenEstimator.Weights(28);
        Assert.Equal(raw.Length, weights.Length);
        for (int i = 0; i < raw.Length; i++)
            Assert.Equal(raw[i] / sum, weights[i], 1e-15);
        // linspace(1/26, 1, 1) is its beginning.
        Assert.Equal(1.0 / 26, ParzenEstimator.Weights(26)[0] / ParzenEstimator.Weights(26)[1], 1e-15);
    }

    [Fact]
    public void A_kernel_reaches_to_its_farther_neighbour_and_the_prior_over_the_range()
    {
        // In [0, 1] with 0.2 and 0.6, and the prior's 0.5: widths 0.3, 1/4 (0.1 is below a fourth of the range: 1 + 3 kernels) and 1.
        ParzenEstimator density = new(Space("alpha=0..1").Dimensions[0], [0.2, 0.6]);
        Assert.Equal(1.2328390053739997, Math.Exp(density.LogDensity(0.5)), 1e-12);
    }

    [Fact]
    public void Orders_of_magnitude_are_told_apart_in_the_logarithm()
    {
        // Of 1e-4 to 1e-1 with 1e-3 and 2e-3, and the prior in the middle of the logarithms.
        ParzenEstimator density = new(Space("lr=1e-4..1e-1").Dimensions[0], [1e-3, 2e-3]);
        Assert.Equal(0.21296390336367224, Math.Exp(density.LogDensity(1.5e-3)), 1e-12);
    }

    [Fact]
    public void A_whole_number_has_the_probability_of_the_unit_around_it()
    {
        // Of 1 to 5, which reach from 0.5 to 5.5, with 2 twice: widths 5/4, and 5 of the prior at 3.
        ParzenEstimator density = new(Space("hidden=1..5:linear").Dimensions[0], [2, 2]);
        Assert.Equal(0.3028247835421218, Math.Exp(density.LogDensity(2)), 1e-12);
    }

    [Fact]
    public void Pruned_trials_come_after_completed_ones_by_how_far_they_came_and_then_by_value()
    {
        SampledTrial[] ended =
        [
            new(0, [0], [9], null), new(1, [0], [1], 10), new(2, [0], [3], null), new(3, [0], [0.5], 20), new(4, [0], [0.2], 10)
        ];
        Assert.Equal([2, 0, 3, 4, 1], ParzenSampler.Ranked(ended).Select(t => t.Number));
    }

    private static StudySpace Space(string entry) => StudySpace.Parse("shplrnn", [entry]);
}
