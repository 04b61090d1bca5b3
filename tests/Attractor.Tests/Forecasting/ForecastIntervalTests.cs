using Attractor.Forecasting;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Forecasting;

/// <summary>Whether intervals hold the share of values that they say.</summary>
public sealed class ForecastIntervalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Of white noise nothing is known but its quantiles: 90 % lie within 1.645 standard deviations.</summary>
    [Fact]
    public void Of_white_noise_they_are_the_quantiles_of_the_normal_distribution()
    {
        RandomStream random = new(1, "test");
        double[] values = [.. Enumerable.Range(0, 6000).Select(_ => random.NextNormal())];
        ForecastOptions linear = new() { Candidates = [ForecastCandidates.Find("linear")] };
        Forecast forecast = Forecast.Of(new(values[..3000], 1), 3000, linear, Token);
        int inside = 0;
        for (int t = 0; t < 3000; t++)
            inside += values[3000 + t] >= forecast.Interval.Low[t, 0] && values[3000 + t] <= forecast.Interval.High[t, 0] ? 1 : 0;
        Assert.InRange(inside / 3000.0, 0.87, 0.95);
        // Beyond the horizon that was calibrated: those of the context.
        Assert.InRange(forecast.Interval.High[2999, 0], 1.55, 1.75);
        Assert.InRange(forecast.Interval.CalibratedSteps, 1, 750);
    }

    [Fact]
    public void They_widen_with_time_and_hold_the_forecast()
    {
        TimeSeries context = Lorenz63.Default.Simulate(1500, 0.02).WithNoise(0.02, 1);
        Forecast forecast = Forecast.Of(context, 400, cancellationToken: Token);
        ForecastInterval interval = forecast.Interval;
        Assert.True(interval.CalibratedSteps >= 300);
        double width = 0;
        for (int t = 0; t < interval.CalibratedSteps; t++)
        {
            Assert.InRange(forecast.Orbit[t, 0], interval.Low[t, 0], interval.High[t, 0]);
            Assert.True(interval.High[t, 0] - interval.Low[t, 0] >= width - 1e-9);
            width = interval.High[t, 0] - interval.Low[t, 0];
        }
        Assert.True(width > 10 * (interval.High[0, 0] - interval.Low[0, 0]));
    }

    [Fact]
    public void More_coverage_is_wider()
    {
        TimeSeries context = Lorenz63.Default.Simulate(1000, 0.02).WithNoise(0.02, 1);
        ForecastInterval half = Forecast.Of(context, 50, new() { Coverage = 0.5 }, Token).Interval;
        ForecastInterval most = Forecast.Of(context, 50, new() { Coverage = 0.95 }, Token).Interval;
        for (int t = 0; t < 50; t++)
            Assert.True(half.High[t, 1] < most.High[t, 1]);
    }
}
