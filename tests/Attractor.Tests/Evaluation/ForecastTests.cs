using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class ForecastTests
{
    private static readonly FlowMap s_flow = Lorenz63.Default.ToMap(0.01);
    private static readonly TimeSeries s_truth = Lorenz63.Default.Simulate(2000, 0.01);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_system_that_made_the_data_predicts_it_exactly()
    {
        Assert.Equal(0, PredictionError.Of(s_flow, s_truth, cancellationToken: Token));
        Assert.Equal(1999, ValidPredictionTime.Steps(s_flow, s_truth));
        Assert.Equal(1999 - 749.5, ValidPredictionTime.Median(s_flow, s_truth, 1500, cancellationToken: Token), 1);
    }

    [Fact]
    public void Holding_the_last_value_errs_by_the_mean_squared_difference()
    {
        double expected = 0;
        for (int t = 0; t + 5 < s_truth.Length; t++)
            for (int n = 0; n < 3; n++)
                expected += Math.Pow(s_truth[t + 5, n] - s_truth[t, n], 2) / (3 * (s_truth.Length - 5));
        Assert.Equal(expected, PredictionError.Of(new Hold(3), s_truth, 5, cancellationToken: Token), 1e-9 * expected);
    }

    [Fact]
    public void Starts_and_targets_with_missing_values_are_left_out()
    {
        // Complete at both ends are the starts 0, 2 and 4: errors 4, 1 and 16.
        TimeSeries gaps = new([0, double.NaN, 2, 5, 1, double.NaN, 5, double.NaN], 1);
        Assert.Equal(7, PredictionError.Of(new Hold(1), gaps, 2, cancellationToken: Token));
        Assert.Equal(double.NaN, PredictionError.Of(new Hold(1), gaps, 8, cancellationToken: Token));
    }

    [Fact]
    public void Fewer_starts_are_spread_evenly()
        => Assert.Equal(
            (4 + 36) / 2.0, PredictionError.Of(new Hold(1), new([0, 2, 0, 6, 0], 1), 1, maximumStarts: 2, cancellationToken: Token));

    [Fact]
    public void Valid_prediction_ends_when_the_normalised_error_exceeds_the_threshold()
    {
        // A ramp 0 .. 9 has variance 8.25: the error t / sqrt(8.25) exceeds 0.4 first at t = 2.
        TimeSeries ramp = new([.. Enumerable.Range(0, 10).Select(t => (double)t)], 1);
        Assert.Equal(1, ValidPredictionTime.Steps(new Hold(1), ramp));
        Assert.Equal(2, ValidPredictionTime.Steps(new Hold(1), ramp, start: 3, threshold: 0.7));
        Assert.Equal(1, ValidPredictionTime.Median(new Hold(1), ramp, cancellationToken: Token));
    }

    [Fact]
    public void Analogues_pass_over_gaps()
        // Of the starts 1, NaN and 12 only the last has both rows: 10 is nearest, 20 followed, 21 was right.
        => Assert.Equal(1, PredictionError.OfAnalogues(
            new([0, 10, 20, 30, 40], 1), new([1, double.NaN, 12, 21], 1), steps: 1, maximumStarts: 10, Token));

    [Fact]
    public void Analogues_of_a_periodic_series_forecast_it_exactly()
    {
        TimeSeries periodic = new([.. Enumerable.Range(0, 400).Select(t => (double)(t * 7 % 20))], 1);
        Assert.Equal(0, NoiseFloors.OfHalves(periodic, cancellationToken: Token).PredictionError);
    }

    [Fact]
    public void A_model_of_other_variables_is_refused()
        => Assert.Contains(
            "observes 1",
            Assert.Throws<ArgumentException>(() => PredictionError.Of(new Hold(1), s_truth, cancellationToken: Token)).Message);

    private sealed class Hold(int dimension) : IObservedMap
    {
        public int Dimension => dimension;

        public int Observed => dimension;

        public void InitialState(ReadOnlySpan<double> observation, Span<double> state) => observation.CopyTo(state);

        public void Step(ReadOnlySpan<double> state, Span<double> next) => state.CopyTo(next);

        public void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian)
        {
            jacobian.Clear();
            for (int i = 0; i < dimension; i++)
                jacobian[i * (dimension + 1)] = 1;
        }
    }
}
