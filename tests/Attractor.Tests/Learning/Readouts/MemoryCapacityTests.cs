using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Learning.Readouts;

/// <summary>How much of its past inputs a linear ring holds: r^(2N floor(k/N)) (1 - r^(2N)) of the one k steps before.</summary>
[Trait("Registers", "Narrow")]
public sealed class MemoryCapacityTests
{
    private const int Units = 20, Delays = 60;

    private const double Radius = 0.95;

    [Fact]
    public void Exact_moments_give_the_closed_form()
    {
        // Inputs of variance 1 that are independent: the states and the delayed inputs are sums over the past of independent terms, so the
        // response to a single impulse, row by row, is a square root of their covariance.
        const int Rows = 1200;
        double[] impulse = new double[Rows];
        impulse[0] = 1;
        double total = 0;
        for (int k = 0; k < Delays; k++)
        {
            EchoStateNetwork network = Ring();
            double[] delayed = new double[Rows];
            delayed[k] = 1;
            ReadoutResult result = ReadoutTraining.Fit(network, [new(new(impulse, 1), new(delayed, 1))], new() { Washout = 0, Ridge = 0 });
            Assert.Equal(Expected(k), 1 - result.Fit.SquaredError, 1e-6);
            total += k > 0 ? 1 - result.Fit.SquaredError : 0;
        }
        Assert.Equal(0.8715, Expected(0), 5e-5);
        Assert.Equal(0.1120, Expected(Units), 5e-5);
        // All delays from 60 on hold N r^(6N) together.
        Assert.Equal(19.1285, total + (Units * Math.Pow(Radius, 6 * Units)), 5e-5);
    }

    [Fact]
    public void Simulated_data_come_close_to_it()
    {
        const int Rows = 40_000, Washout = 500;
        RandomStream random = new(1, "inputs");
        double[] inputs = [.. Enumerable.Range(0, Rows).Select(_ => random.NextUniform(-1, 1))];
        double[] delayed = new double[Rows * Delays];
        for (int t = Delays; t < Rows; t++)
            for (int k = 0; k < Delays; k++)
                delayed[(t * Delays) + k] = inputs[t - k];
        EchoStateNetwork network = new(Ring().Reservoir, Delays);
        TimeSeries x = new(inputs, 1), y = new(delayed, Delays);
        ReadoutTraining.Fit(network, [new(x, y)], new() { Washout = Washout, Ridge = 1e-10 });
        TimeSeries predicted = network.Predict(x);
        double total = 0;
        for (int k = 0; k < Delays; k++)
        {
            double error = 0, squares = 0;
            for (int t = Washout; t < Rows; t++)
            {
                error += Math.Pow(predicted[t, k] - y[t, k], 2);
                squares += y[t, k] * y[t, k];
            }
            Assert.Equal(Expected(k), 1 - (error / squares), 0.02);
            total += k > 0 ? 1 - (error / squares) : 0;
        }
        Assert.Equal(1, (total + (Units * Math.Pow(Radius, 6 * Units))) / 19.1285, 0.02);
    }

    private static double Expected(int k) => Math.Pow(Radius, 2 * Units * (k / Units)) * (1 - Math.Pow(Radius, 2 * Units));

    private static EchoStateNetwork Ring()
        => new(
            new Reservoir(1, new()
            {
                Units = Units,
                Topology = ReservoirTopology.Ring,
                SpectralRadius = Radius,
                Activation = Activation.Identity,
                Leak = 1,
                BiasScale = 0,
                InputScale = 1,
                InputWeights = WeightDistribution.Bernoulli,
                Seed = 2,
            }), 1);
}
