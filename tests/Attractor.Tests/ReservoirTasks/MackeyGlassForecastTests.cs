using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.ReservoirTasks;

public sealed class MackeyGlassForecastTests
{
    [Fact]
    public void One_step_in_the_setting_of_the_introduction_to_ReservoirPy()
    {
        const int Training = 1600, Test = 400;
        TimeSeries series = MackeyGlass.Default.Simulate(Training + Test + 1);
        EchoStateNetwork network = new(1, new()
        {
            Units = 100,
            SpectralRadius = 1.25,
            Leak = 0.3,
            Connectivity = 0.1,
            InputScale = 1,
            InputWeights = WeightDistribution.Bernoulli,
            BiasScale = 0,
            Seed = 1,
        });
        ReadoutTraining.Fit(network, series.Slice(0, Training + 1), new() { Ridge = 1e-5, Washout = 100, Intercept = true });
        Assert.InRange(Math.Sqrt(OneStepError.Of(network, TeachingSeries.NextStep(series), Training)), 1e-4, 0.0021);
    }

    [Fact]
    public void Eighty_four_steps_left_alone()
    {
        TimeSeries series = MackeyGlass.Default.Simulate(12_000);
        EchoStateNetwork network = new(
            1,
            new() { Units = 500, SpectralRadius = 1.3, Leak = 0.6, InputScale = 0.47, BiasScale = 0.1, Seed = 1 },
            new(Input: true, Constant: true));
        ReadoutTraining.Fit(network, series.Slice(0, 10_000), new() { Ridge = 1e-9 });
        double[] x = series.Column(0);
        double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
        double square = Enumerable.Range(0, 20).Select(i => 10_500 + (i * 70)).Average(row =>
            Math.Pow(network.Generate(series, 85, row - network.WarmUp)[84, 0] - series[row + 84, 0], 2));
        Assert.InRange(Math.Sqrt(square / variance), 0, 0.002);
    }
}
