using Attractor.Evaluation;
using Attractor.Systems;
using Attractor.Tests.Systems;

namespace Attractor.Tests.Evaluation;

/// <summary>Forecasts of maps that need a history before they start.</summary>
public sealed class HistoryForecastTests
{
    private static readonly DelayedHenon s_map = new(), s_wrong = new(0.28);
    private static readonly TimeSeries s_truth = DelayedHenon.Orbit(400);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_perfect_model_is_right_to_the_last_row_from_every_start()
    {
        // 298 starts from row 2 to row 299, the last of the first three quarters.
        Assert.Equal(
            [.. Enumerable.Range(2, 298).Select(start => 399 - start)],
            ValidPredictionTime.All(s_map, s_truth, 1000, cancellationToken: Token));
        Assert.Equal(399 - 57, ValidPredictionTime.Steps(s_map, s_truth, 57));
        Assert.Equal(0, PredictionError.Of(s_map, s_truth, 7, cancellationToken: Token));
    }

    [Fact]
    public void A_model_that_errs_is_right_until_its_own_run_leaves_the_truth()
    {
        double[] truth = s_truth.Values.ToArray();
        double mean = truth.Average(), deviation = Math.Sqrt(truth.Average(x => (x - mean) * (x - mean)));
        for (int start = 10; start < 300; start += 37)
        {
            double last = truth[start], before = truth[start - 1];
            int steps = 0;
            for (; start + steps + 1 < truth.Length; steps++)
            {
                (last, before) = (s_wrong.Next(last, before), last);
                if (Math.Abs(last - truth[start + steps + 1]) > 0.4 * deviation)
                    break;
            }
            Assert.InRange(steps, 1, 40);
            Assert.Equal(steps, ValidPredictionTime.Steps(s_wrong, s_truth, start));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(23)]
    public void The_prediction_error_is_that_of_a_plain_loop_with_gaps_and_without(int starts)
    {
        Assert.Equal(Plain(s_truth, starts), PredictionError.Of(s_wrong, s_truth, 3, starts, Token), 1e-12);
        double[] values = s_truth.Values.ToArray();
        for (int row = 10; row < 400; row += 9)
            values[row] = double.NaN;
        TimeSeries gaps = new(values, 1);
        double expected = Plain(gaps, starts);
        Assert.InRange(expected, 1e-4, 1);
        Assert.Equal(expected, PredictionError.Of(s_wrong, gaps, 3, starts, Token), 1e-12);
    }

    [Fact]
    public void The_blocks_of_a_long_series_are_added_up_in_their_order()
    {
        // Whatever the threads: the sum of the sums of 1024 starts each, to the bit.
        TimeSeries truth = DelayedHenon.Orbit(5000);
        double[] errors = [.. Errors(truth, [.. Enumerable.Range(2, 4995)])];
        double[] blocks = [.. errors.Chunk(1024).Select(chunk => chunk.Aggregate(0.0, (sum, e) => sum + e))];
        Assert.Equal(5, blocks.Length);
        double expected = blocks.Sum() / errors.Length;
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected, PredictionError.Of(s_wrong, truth, 3, cancellationToken: Token));
    }

    [Fact]
    public void The_compared_orbit_sets_out_after_the_history()
    {
        Assert.Equal(
            FreeRun.After(s_wrong, s_truth, 2, 400, dropped: 100).Values.ToArray(),
            ComparedOrbit.Against(s_truth, s_wrong, Token).Values.ToArray());
        double[] values = s_truth.Values.ToArray();
        values[2] = double.NaN;
        Assert.Equal(3, ComparedOrbit.Start(new(values, 1), s_wrong));
        // A truth that is shorter than twice the history gives half of itself.
        Assert.Equal(1, ComparedOrbit.Start(s_truth.Slice(0, 3), s_wrong));
    }

    [Fact]
    public void Each_variable_can_be_measured_in_its_own_deviation()
    {
        // Variances 1.25 and 25; held from row 0 the errors are (1, 10), (2, 0) and (3, 10): sqrt of (0.8 + 4) / 2, (3.2 + 0) / 2,
        // (7.2 + 4) / 2 in deviations of each, sqrt of 101, 4 and 109 over 26.25 in the deviation of both.
        TimeSeries truth = new([0, 0, 1, 10, 2, 0, 3, 10], 2);
        Held model = new();
        Assert.Equal(0, Steps(1.5, ErrorNorm.PerVariable));
        Assert.Equal(2, Steps(1.6, ErrorNorm.PerVariable));
        Assert.Equal(3, Steps(2.4, ErrorNorm.PerVariable));
        Assert.Equal(0, Steps(1.6, ErrorNorm.TotalDeviation));
        Assert.Equal(2, Steps(1.97, ErrorNorm.TotalDeviation));
        Assert.Equal(3, Steps(2.04, ErrorNorm.TotalDeviation));

        int Steps(double threshold, ErrorNorm norm) => ValidPredictionTime.Steps(model, truth, 0, threshold, norm);
    }

    [Fact]
    public void A_variable_that_never_changes_counts_for_nothing_in_its_own_deviation()
    {
        TimeSeries truth = new([0, 5, 1, 5, 0, 5, 1, 5], 2);
        Assert.Equal(3, ValidPredictionTime.Steps(new Held(4), truth, 0, 3, ErrorNorm.PerVariable));
        Assert.Equal(0, ValidPredictionTime.Steps(new Held(4), truth, 0, 3));
    }

    private static double Plain(TimeSeries truth, int starts)
    {
        int available = truth.Length - 3 - 2, taken = starts == 0 ? available : starts;
        return Errors(truth, [.. Enumerable.Range(0, taken).Select(i => 2 + (i * available / taken))]).Average();
    }

    // Squared errors 3 steps ahead of the starts that can be judged, the gaps filled one by one with
    // what the model makes of the rows before.
    private static IEnumerable<double> Errors(TimeSeries truth, int[] starts)
    {
        double[] filled = truth.Values.ToArray();
        for (int t = 2; t < filled.Length; t++)
            if (double.IsNaN(filled[t]))
                filled[t] = s_wrong.Next(filled[t - 1], filled[t - 2]);
        foreach (int start in starts)
        {
            if (double.IsNaN(truth[start, 0]) || double.IsNaN(truth[start + 3, 0]))
                continue;
            double last = filled[start], before = filled[start - 1];
            for (int step = 0; step < 3; step++)
                (last, before) = (s_wrong.Next(last, before), last);
            yield return (last - truth[start + 3, 0]) * (last - truth[start + 3, 0]);
        }
    }

    /// <summary>Two variables that stay as they are, the second one wrongly by some amount.</summary>
    private sealed class Held(double error = 0) : IObservedMap
    {
        public int Dimension => 2;

        public int Observed => 2;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

        public void Step(ReadOnlySpan<double> state, Span<double> next) => state.CopyTo(next);

        public void Observe(ReadOnlySpan<double> state, Span<double> observation)
            => (observation[0], observation[1]) = (state[0], state[1] + error);

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
            => (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (1, 0, 0, 1);
    }
}
