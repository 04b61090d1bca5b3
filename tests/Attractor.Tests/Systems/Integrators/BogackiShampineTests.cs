using System.Text.Json;
using Attractor.Systems;
using Attractor.Tests.Dynamics;

namespace Attractor.Tests.Systems.Integrators;

/// <summary>Against rk23.golden.json, which rk23_golden.py writes, and against what is known in closed form.</summary>
public sealed class BogackiShampineTests
{
    [Fact]
    public void The_rows_are_those_of_SciPy()
    {
        int compared = 0;
        foreach (JsonElement entry in Golden.Read("rk23.golden.json").EnumerateArray())
        {
            string name = entry.GetProperty("name").GetString()!;
            IVectorField field = name switch
            {
                "lorenz" => Lorenz63.Default,
                "oscillator" => new Oscillator(),
                _ => new Approach(),
            };
            double[] expected = entry.GetProperty("values").Doubles();
            BogackiShampine32 method = new(entry.GetProperty("rtol").GetDouble(), entry.GetProperty("atol").GetDouble());
            TimeSeries series = method.Simulate(
                field, entry.GetProperty("start").Doubles(), expected.Length / field.Dimension, entry.GetProperty("dt").GetDouble());
            for (int i = 0; i < expected.Length; i++)
                Assert.True(
                    Math.Abs(expected[i] - series.Values[i]) <= 1e-9 * Math.Max(1, Math.Abs(expected[i])),
                    $"{name}, value {i}: {expected[i]:r} and {series.Values[i]:r}");
            compared++;
        }
        Assert.Equal(4, compared);
    }

    [Fact]
    public void The_default_tolerances_are_those_of_SciPy() => Assert.Equal(new BogackiShampine32(1e-3, 1e-6), new());

    [Fact]
    public void A_smaller_tolerance_comes_nearer_to_the_truth()
    {
        double[] start = [1];
        double Error(double tolerance)
            => Math.Abs(new BogackiShampine32(tolerance, tolerance).Simulate(new LinearFlow(-1), start, 31, 0.1)[30, 0] - Math.Exp(-3));
        Assert.InRange(Error(1e-4), 1e-8, 1e-3);
        Assert.InRange(Error(1e-9), 0, 1e-8);
    }

    [Fact]
    public void A_recording_has_the_names_of_its_system_and_begins_at_the_start()
    {
        double[] start = [1, 2, 20];
        TimeSeries series = new BogackiShampine32().Simulate(Lorenz63.Default, start, 7, 0.1);
        Assert.Equal((7, 3, 0.1), (series.Length, series.Dimension, series.Dt));
        Assert.Equal(["x", "y", "z"], series.Names);
        Assert.Equal(start, series.Row(0).ToArray());
        Assert.Equal(start, new BogackiShampine32().Simulate(Lorenz63.Default, start, 1, 0.1).Values.ToArray());
    }

    [Fact]
    public void A_solution_that_ends_is_an_error_that_says_where()
    {
        double[] start = [1, 0];
        ArithmeticException failure = Assert.Throws<ArithmeticException>(
            () => new BogackiShampine32().Simulate(new Explosion(), start, 21, 0.1));
        Assert.Contains("stopped at time 1", failure.Message);
        start[1] = 1;
        Assert.Contains(
            "stopped at time 0",
            Assert.Throws<ArithmeticException>(() => new BogackiShampine32().Simulate(new Explosion(), start, 21, 0.1)).Message);
    }

    [Fact]
    public void Bad_input_is_refused_with_a_reason()
    {
        BogackiShampine32 method = new();
        Assert.Contains(
            "A tolerance must be a positive number", Assert.Throws<ArgumentOutOfRangeException>(() => new BogackiShampine32(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BogackiShampine32(1e-3, double.NaN));
        Assert.Contains(
            "3 values, found 2", Assert.Throws<ArgumentException>(() => method.Simulate(Lorenz63.Default, new double[2], 10, 0.1)).Message);
        Assert.Contains(
            "finite", Assert.Throws<ArgumentException>(() => method.Simulate(Lorenz63.Default, [1, double.NaN, 0], 10, 0.1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Simulate(Lorenz63.Default, new double[3], 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Simulate(Lorenz63.Default, new double[3], int.MaxValue, 0.1));
        Assert.Contains(
            "time step", Assert.Throws<ArgumentOutOfRangeException>(() => method.Simulate(Lorenz63.Default, new double[3], 10, 0)).Message);
    }

    /// <summary>The oscillator of van der Pol at mu = 3.</summary>
    private sealed class Oscillator : IVectorField
    {
        public int Dimension => 2;

        public void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
        {
            derivative[0] = state[1];
            derivative[1] = (3 * (1 - (state[0] * state[0])) * state[1]) - state[0];
        }
    }

    /// <summary>x' = 1 - x.</summary>
    private sealed class Approach : IVectorField
    {
        public int Dimension => 1;

        public void Derivative(ReadOnlySpan<double> state, Span<double> derivative) => derivative[0] = 1 - state[0];
    }

    /// <summary>x' = x^2, which reaches infinity at time 1 from 1; with y = 1 the derivative is not a number from the beginning.</summary>
    private sealed class Explosion : IVectorField
    {
        public int Dimension => 2;

        public void Derivative(ReadOnlySpan<double> state, Span<double> derivative)
            => (derivative[0], derivative[1]) = (state[0] * state[0], state[1] > 0 ? double.NaN : 0);
    }
}
