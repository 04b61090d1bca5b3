using System.Text.Json;
using Attractor.Systems;

namespace Attractor.Tests.Systems.Delays;

/// <summary>Against mackey_glass.golden.json, which mackey_glass_golden.py writes, and against what is known of the attractor.</summary>
public sealed class MackeyGlassTests
{
    [Fact]
    public void The_solution_is_that_of_SciPy()
    {
        foreach (JsonElement entry in Golden.Read("mackey_glass.golden.json").EnumerateArray())
        {
            double[] expected = entry.GetProperty("values").Doubles();
            Assert.InRange(expected.Length, 100, 200);
            double dt = entry.GetProperty("dt").GetDouble();
            TimeSeries usual = MackeyGlass.Default.Simulate(expected.Length, dt, transient: 0);
            TimeSeries fine = (MackeyGlass.Default with { MaximumStep = 0.01 }).Simulate(expected.Length, dt, transient: 0);
            Assert.InRange(Distance(expected, usual), 0, 1e-9);
            Assert.InRange(Distance(expected, fine), 0, 1e-12);
        }
    }

    [Fact]
    public void The_error_is_of_order_four()
    {
        TimeSeries truth = At(0.005);
        double[] errors = [.. new[] { 0.2, 0.1, 0.05 }.Select(h => Distance(truth.Values.ToArray(), At(h)))];
        Assert.InRange(errors[0] / errors[1], 12, 20);
        Assert.InRange(errors[1] / errors[2], 12, 20);

        static TimeSeries At(double step) => (MackeyGlass.Default with { Delay = 16, MaximumStep = step }).Simulate(61, 1, transient: 0);
    }

    [Fact]
    public void The_attractor_has_the_known_extent()
    {
        double[] x = MackeyGlass.Default.Simulate(20_000).Column(0);
        Assert.InRange(x.Min(), 0.2, 0.5);
        Assert.InRange(x.Max(), 1.2, 1.4);
        Assert.InRange(x.Average(), 0.8, 1);
    }

    [Fact]
    public void A_short_delay_leads_to_the_equilibrium()
    {
        // beta / (1 + x^n) = gamma at x = 1.
        TimeSeries series = (MackeyGlass.Default with { Delay = 2 }).Simulate(10, transient: 2000);
        Assert.All(series.Column(0), x => Assert.Equal(1, x, 1e-9));
    }

    [Fact]
    public void Seeds_make_recordings_that_repeat_and_differ()
    {
        TimeSeries first = MackeyGlass.Default.Simulate(2000, seed: 1), second = MackeyGlass.Default.Simulate(2000, seed: 2);
        Assert.Equal(first.Values, MackeyGlass.Default.Simulate(2000, seed: 1).Values);
        double difference = first.Column(0).Zip(second.Column(0), (x, y) => Math.Abs(x - y)).Average();
        Assert.InRange(difference, 0.05, 1);
        foreach (TimeSeries series in (TimeSeries[])[first, second])
            Assert.All(series.Column(0), x => Assert.InRange(x, 0.2, 1.4));
        double[] starts =
            [.. Enumerable.Range(0, 50).Select(seed => MackeyGlass.Default.Simulate(1, transient: 0, seed: (ulong)seed)[0, 0])];
        Assert.All(starts, x => Assert.InRange(x, 0.7 * 1.2, 1.3 * 1.2));
        Assert.Equal(50, starts.Distinct().Count());
    }

    private static double Distance(double[] expected, TimeSeries series) => expected.Zip(series.Column(0), (x, y) => Math.Abs(x - y)).Max();
}
