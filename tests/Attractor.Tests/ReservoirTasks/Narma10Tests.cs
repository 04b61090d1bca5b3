using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.ReservoirTasks;

/// <summary>The settings are those that the search of examples/reservoir_tasks.cs found on other series.</summary>
public sealed class Narma10Tests
{
    private const int Rows = 2000;

    [Fact]
    public void Two_hundred_units()
        => Assert.InRange(MeanError(
            new() { Units = 200, Connectivity = 1, Leak = 0.878, SpectralRadius = 0.967, InputScale = 0.0264, BiasScale = 0.176 },
            1e-12), 0.05, 0.18);

    [Fact]
    public void Four_hundred_units()
        => Assert.InRange(MeanError(
            new() { Units = 400, Connectivity = 1, Leak = 0.906, SpectralRadius = 1.082, InputScale = 0.0472, BiasScale = 0.223 },
            1e-9), 0.05, 0.15);

    // Over the seeds 0 to 9, of the reservoir and of the series; none of them diverges.
    private static double MeanError(ReservoirOptions options, double ridge) => Enumerable.Range(0, 10).Average(seed =>
    {
        (TimeSeries inputs, TimeSeries targets) = Narma.Default.Simulate(2 * Rows, (ulong)seed);
        EchoStateNetwork network = new(new Reservoir(1, options with { Seed = (ulong)seed }), 1, new(Input: true, Constant: true));
        ReadoutTraining.Fit(network, [new(inputs.Slice(0, Rows), targets.Slice(0, Rows))], new() { Ridge = ridge, Washout = 200 });
        double[] test = targets.Column(0)[Rows..];
        double mean = test.Average(), variance = test.Average(y => (y - mean) * (y - mean));
        return Math.Sqrt(OneStepError.Of(network, new(inputs, targets), washout: Rows) / variance);
    });
}
