using Attractor.Models;

namespace Attractor.Tests.ReservoirTasks;

public sealed class ReservoirStatesTests
{
    private static readonly TimeSeries s_inputs = new([0.3, -0.2, 0.9, 0.1, -0.7, 0.4], 2, dt: 0.5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Row_by_row_they_are_the_steps_from_0(int layers)
    {
        Reservoir reservoir = new(2, new() { Units = 7, Layers = layers, Connectivity = 1, Seed = 4 });
        TimeSeries states = reservoir.States(s_inputs);
        Assert.Equal((3, 7 * layers, 0.5), (states.Length, states.Dimension, states.Dt));
        double[] state = new double[7 * layers];
        for (int t = 0; t < 3; t++)
        {
            reservoir.Step(state, s_inputs.Row(t), [], state);
            Assert.Equal(state, states.Row(t).ToArray());
        }
    }

    [Fact]
    public void The_first_is_what_the_input_and_the_bias_make()
    {
        Reservoir reservoir = new(2, new() { Units = 3, Connectivity = 1, Leak = 0.4, Seed = 4 });
        TimeSeries states = reservoir.States(s_inputs);
        for (int i = 0; i < 3; i++)
            Assert.Equal(
                0.4 * Math.Tanh((0.3 * reservoir.InputWeight(i, 0)) - (0.2 * reservoir.InputWeight(i, 1)) + reservoir.Bias(i)),
                states[0, i],
                1e-14);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Reservoir(1, new() { Units = 3, Connectivity = 1 }).States(s_inputs));
        Assert.Throws<InvalidOperationException>(
            () => new Reservoir(2, new() { Units = 3, Connectivity = 1 }, feedback: 1).States(s_inputs));
    }
}
