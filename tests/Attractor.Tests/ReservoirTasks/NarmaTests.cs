using Attractor.Systems;

namespace Attractor.Tests.ReservoirTasks;

public sealed class NarmaTests
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 37)]
    [InlineData(3, 0)]
    public void The_targets_are_those_of_the_recursion(int order, int dropped)
    {
        Narma narma = new(order);
        double[] u = narma.Simulate(60 + dropped, seed: 5, dropped: 0).Inputs.Column(0);
        (TimeSeries inputs, TimeSeries targets) = narma.Simulate(60, seed: 5, dropped);

        // y[t] is y_t, from y_0 = 0; what is before the beginning is 0.
        List<double> y = [0];
        for (int t = 0; t < u.Length; t++)
        {
            double sum = y.TakeLast(order).Sum(), first = t >= order - 1 ? u[t - order + 1] : 0;
            y.Add((0.3 * y[t]) + (0.05 * y[t] * sum) + (1.5 * first * u[t]) + 0.1);
        }
        Assert.Equal(60, targets.Length);
        for (int row = 0; row < 60; row++)
        {
            Assert.Equal(u[dropped + row], inputs[row, 0]);
            Assert.Equal(y[dropped + row + 1], targets[row, 0], 1e-14);
        }
    }

    [Fact]
    public void A_row_by_hand()
    {
        (TimeSeries u, TimeSeries y) = Narma.Default.Simulate(30, seed: 3, dropped: 0);
        Assert.Equal(0.1, y[0, 0], 1e-15);
        // y_2 = 0.3 y_1 + 0.05 y_1 (y_1 + y_0) + 0.1.
        Assert.Equal(0.03 + 0.0005 + 0.1, y[1, 0], 1e-15);
        double expected = (0.3 * y[19, 0])
            + (0.05 * y[19, 0]
                * (y[19, 0] + y[18, 0] + y[17, 0] + y[16, 0] + y[15, 0] + y[14, 0] + y[13, 0] + y[12, 0] + y[11, 0] + y[10, 0]))
            + (1.5 * u[11, 0] * u[20, 0]) + 0.1;
        Assert.Equal(expected, y[20, 0], 1e-15);
    }

    [Fact]
    public void Inputs_are_uniform_and_targets_above_the_constant()
    {
        (TimeSeries inputs, TimeSeries targets) = Narma.Default.Simulate(4000, seed: 1);
        double[] u = inputs.Column(0);
        Assert.All(u, x => Assert.InRange(x, 0, 0.5));
        // Four standard errors.
        Assert.Equal(0.25, u.Average(), 4 * 0.5 / Math.Sqrt(12 * 4000));
        Assert.InRange(u.Min(), 0, 0.005);
        Assert.InRange(u.Max(), 0.495, 0.5);
        // No term is negative, and a y above 14 never comes back.
        Assert.All(targets.Column(0), y => Assert.InRange(y, 0.1, 14));
    }

    [Fact]
    public void A_seed_is_a_series()
    {
        Assert.Equal(Narma.Default.Simulate(100, 8).Targets.Values, Narma.Default.Simulate(100, 8).Targets.Values);
        Assert.NotEqual(Narma.Default.Simulate(100, 8).Inputs[0, 0], Narma.Default.Simulate(100, 9).Inputs[0, 0]);
    }

    [Fact]
    public void Inputs_that_drive_it_to_infinity_are_reported()
    {
        string message = Assert.Throws<ArithmeticException>(() => Narma.Default.Simulate(4000, seed: 67)).Message;
        Assert.Contains("seed 67", message, StringComparison.Ordinal);
        // The same inputs, as far as they go well.
        Assert.Equal(800, Narma.Default.Simulate(800, seed: 67).Targets.Length);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Narma.Default.Simulate(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narma.Default.Simulate(int.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narma.Default.Simulate(10, 1, dropped: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Narma(0).Simulate(10, 1));
        Assert.Throws<ArgumentException>(() => new Narma(Alpha: 1).Simulate(10, 1));
        Assert.Throws<ArgumentException>(() => new Narma(Beta: 0).Simulate(10, 1));
        Assert.Throws<ArgumentException>(() => new Narma(Gamma: -1).Simulate(10, 1));
        Assert.Throws<ArgumentException>(() => new Narma(Delta: double.NaN).Simulate(10, 1));
    }
}
