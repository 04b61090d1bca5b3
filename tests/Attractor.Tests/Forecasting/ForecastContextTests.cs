using Attractor.Forecasting;
using Attractor.Systems;

namespace Attractor.Tests.Forecasting;

/// <summary>What a forecast may know: nothing of what comes after.</summary>
public sealed class ForecastContextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_history_is_smoothed_by_the_rows_before_it_alone()
    {
        TimeSeries noisy = Lorenz63.Default.Simulate(1000, 0.02).WithNoise(0.05, 1);
        ForecastContext context = new(noisy);
        Assert.All(context.Noise, noise => Assert.InRange(noise, 0.02, 0.1));
        TimeSeries history = context.History(700, 3)!;
        double[] measured = [.. Enumerable.Range(0, 1000).SelectMany(t => context.Measured.Row(t).ToArray())];
        Assert.NotEqual(measured[700 * 3], history[history.Length - 1, 0]);
        // The filter of the same standard deviations on the rows up to 700 is all there is.
        TimeSeries piece = context.Without(701, 1000)[0];
        for (int n = 0; n < 3; n++)
            Assert.Equal(piece[700, n], history[history.Length - 1, n], 1e-12);
    }

    [Fact]
    public void Rows_that_are_left_out_are_in_no_piece()
    {
        TimeSeries series = Lorenz63.Default.Simulate(300, 0.02);
        ForecastContext context = new(series);
        IReadOnlyList<TimeSeries> pieces = context.Without(100, 150);
        Assert.Equal([100, 150], pieces.Select(piece => piece.Length));
        Assert.Equal(context.Measured.Row(99).ToArray(), pieces[0].Row(99).ToArray());
        Assert.Equal(context.Measured.Row(150).ToArray(), pieces[1].Row(0).ToArray());
        Assert.Equal(300, Assert.Single(context.Pieces).Length);
        Assert.Equal(200, Assert.Single(context.Without(0, 100)).Length);
    }

    [Fact]
    public void Missing_rows_part_the_context_and_a_history_does_not_reach_across()
    {
        double[] values = Lorenz63.Default.Simulate(300, 0.02).Values.ToArray();
        values[100 * 3] = double.NaN;
        ForecastContext context = new(new(values, 3, 0.02));
        Assert.Equal([100, 199], context.Pieces.Select(piece => piece.Length));
        Assert.Null(context.History(100, 0));
        Assert.Null(context.History(103, 3));
        Assert.Equal(4, context.History(104, 3)!.Length);
        Assert.Equal(299, context.LastRow);
    }

    /// <summary>The rows between the last whole one and the end are forecast and dropped.</summary>
    [Fact]
    public void A_forecast_begins_after_the_last_row_though_values_are_missing_there()
    {
        TimeSeries all = Lorenz63.Default.Simulate(1200, 0.02);
        double[] values = all.Slice(0, 1000).Values.ToArray();
        for (int t = 990; t < 1000; t++)
            values[(t * 3) + 1] = double.NaN;
        values[200 * 3] = double.NaN;
        Forecast forecast = Forecast.Of(new(values, 3, 0.02, all.Names), 100, cancellationToken: Token);
        for (int t = 0; t < 100; t++)
            Assert.Equal(all[1000 + t, 2], forecast.Orbit[t, 2], 0.1);
    }

    [Fact]
    public void A_standardised_context_gives_a_forecast_that_leads_back_to_its_units()
    {
        TimeSeries context = Lorenz63.Default.Simulate(500, 0.02).Standardize();
        Forecast forecast = Forecast.Of(context, 20, cancellationToken: Token);
        Assert.Equal(context.Standardization, forecast.Orbit.Standardization);
        Assert.Equal(context[499, 2], forecast.Orbit[0, 2], 0.3);
    }
}
