using Attractor.Dynamics;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Dynamics.Recordings;

public sealed class CorrelationDimensionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void With_all_points_as_centres_the_sum_is_that_of_all_pairs()
    {
        TimeSeries series = new(RecordingTests.Normal(600 * 2, 5), 2);
        CorrelationSum sum = CorrelationSum.Of(
            series, new() { TheilerWindow = 4, Pairs = long.MaxValue / 1000, RadiiPerOctave = 3 }, Token);
        for (int k = 0; k < sum.Radii.Length; k++)
        {
            int close = 0, pairs = 0;
            for (int i = 0; i < 600; i++)
            {
                for (int j = 0; j < 600; j++)
                {
                    if (Math.Abs(i - j) <= 4)
                        continue;
                    pairs++;
                    double dx = series[i, 0] - series[j, 0], dy = series[i, 1] - series[j, 1];
                    close += (dx * dx) + (dy * dy) < sum.Radii[k] * sum.Radii[k] ? 1 : 0;
                }
            }
            Assert.Equal(close, sum.Pairs[k]);
            Assert.Equal((double)close / pairs, sum.Values[k], 1e-15);
        }
    }

    [Fact]
    public void With_some_points_as_centres_the_sum_is_nearly_that_of_all_pairs()
    {
        TimeSeries series = new(RecordingTests.Normal(4000 * 2, 6), 2);
        double[] all = CorrelationSum.Of(series, new() { TheilerWindow = 0, Pairs = long.MaxValue / 1000 }, Token).Values;
        double[] some = CorrelationSum.Of(series, new() { TheilerWindow = 0, Pairs = 100_000 }, Token).Values;
        for (int k = 0; k < all.Length; k++)
            if (all[k] > 1e-3)
                Assert.Equal(all[k], some[k], 0.06 * all[k]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_line_a_square_and_a_cube_have_one_two_and_three_dimensions(int d)
    {
        RandomStream random = new(1, "cube");
        TimeSeries points = new([.. Enumerable.Range(0, 30_000 * d).Select(_ => random.NextDouble())], d);
        CorrelationDimension dimension = CorrelationDimension.Estimate(points, new() { TheilerWindow = 0 }, Token);
        // The edges of a cube are missed a little.
        Assert.InRange(dimension.Value, (0.95 * d) - 0.02, d + 0.05);
    }

    [Fact]
    public void Lorenz_and_Henon_have_the_known_dimensions()
    {
        Assert.Equal(2.05, CorrelationDimension.Estimate(Lorenz63.Default.Simulate(100_000, 0.05), cancellationToken: Token).Value, 0.05);
        Assert.Equal(2.05, CorrelationDimension.Estimate(Lorenz63.Default.Simulate(100_000, 0.01), cancellationToken: Token).Value, 0.05);
        Assert.Equal(
            1.21, CorrelationDimension.Estimate(KnownSystems.Find("henon").Simulate(100_000), cancellationToken: Token).Value, 0.03);
    }

    [Fact]
    public void It_repeats_to_the_bit()
    {
        TimeSeries series = KnownSystems.Find("henon").Simulate(5000);
        CorrelationSum first = CorrelationSum.Of(series, cancellationToken: Token),
            second = CorrelationSum.Of(series, cancellationToken: Token);
        Assert.Equal(first.Values, second.Values);
    }

    [Fact]
    public void Cancelling_stops()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => CorrelationSum.Of(new(RecordingTests.Normal(2000, 1), 2), cancellationToken: cancelled.Token));
    }
}
