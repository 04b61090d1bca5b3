using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.ReservoirTasks;

/// <summary>The settings are those of Platt et al., Neural Networks 153 (2022).</summary>
public sealed class FlowForecastTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lorenz_63(ulong seed)
    {
        (TimeSeries training, TimeSeries test) = Recording(Lorenz63.Default, 0.01, 60_000);
        Assert.InRange(LyapunovTimes(Trained(training, Lorenz(seed), 8.49e-8), test, 0.9056, starts: 100), 9, 12);
    }

    [Fact]
    public void Roessler_oscillator()
    {
        (TimeSeries training, TimeSeries test) = Recording(Roessler.Default, 0.1, 40_000);
        Assert.InRange(LyapunovTimes(Trained(training, Options(0.50, 0.47, 0.066, 1.23, 1), 2.10e-9), test, 0.0714, starts: 40), 8.5, 14);
    }

    [Fact]
    public void Lorenz_96_of_five_variables()
    {
        (TimeSeries training, TimeSeries test) = Recording(new Lorenz96(5), 0.01, 60_000);
        Assert.InRange(LyapunovTimes(Trained(training, Options(0.58, 0.70, 0.060, 1.59, 1), 6.33e-9), test, 0.475, starts: 60), 7, 12);
    }

    [Fact]
    public void The_closed_loop_has_the_exponent_of_the_flow()
    {
        (TimeSeries training, _) = Recording(Lorenz63.Default, 0.01, 1);
        EchoStateNetwork network = Trained(training, Lorenz(1) with { Units = 300, Connectivity = 0.05 }, 1e-6);
        double[] state = FreeRun.StateAt(network, training, 5000);
        Assert.Equal(0.906, Lyapunov.Maximum(network, state, 100_000) / 0.01, 0.03 * 0.906);
    }

    private static (TimeSeries Training, TimeSeries Test) Recording(OrdinaryDifferentialEquation system, double dt, int testRows)
    {
        const int TrainingRows = 10_001;
        TimeSeries all = system.Simulate(TrainingRows + testRows, dt, integrator: new DormandPrince54(1e-10, 1e-10));
        return (all.Slice(0, TrainingRows), all.Slice(TrainingRows, testRows));
    }

    private static EchoStateNetwork Trained(TimeSeries training, ReservoirOptions options, double ridge)
    {
        EchoStateNetwork network = new(training.Dimension, options);
        ReadoutTraining.Fit(network, training, new() { Ridge = ridge, Washout = 200 });
        return network;
    }

    private static double LyapunovTimes(EchoStateNetwork network, TimeSeries test, double exponent, int starts)
        => ValidPredictionTime.All(network, test, starts, 0.3, ErrorNorm.PerVariable, TestContext.Current.CancellationToken).Average()
            * test.Dt * exponent;

    private static ReservoirOptions Lorenz(ulong seed) => Options(0.80, 0.60, 0.084, 1.60, seed);

    private static ReservoirOptions Options(double radius, double leak, double input, double bias, ulong seed) => new()
    {
        Units = 800,
        Connectivity = 0.02,
        SpectralRadius = radius,
        Leak = leak,
        InputScale = input,
        BiasScale = bias,
        Weights = WeightDistribution.Uniform,
        InputWeights = WeightDistribution.Uniform,
        Bias = WeightDistribution.Constant,
        Seed = seed,
    };
}
