using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Systems;

namespace Attractor.Tests.Numerics.Products;

[Trait("Registers", "Any")]
public sealed class VectorProductTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 64)]
    [InlineData(65, 10)]
    [InlineData(203, 57)]
    [InlineData(500, 500)]
    public void It_is_the_product_in_both_directions(int rows, int columns)
    {
        double[] a = Numbers(rows * columns, 1), x = Numbers(columns, 2);
        using VectorProduct product = new(a, rows, columns);
        double[] forwards = new double[product.Padded], backwards = new double[product.Padded];
        product.Multiply(x, forwards);
        product.Multiply(x, backwards);

        Assert.Equal(forwards, backwards);
        for (int i = 0; i < rows; i++)
            Assert.Equal(Enumerable.Range(0, columns).Sum(j => a[(i * columns) + j] * x[j]), forwards[i], 1e-12 * columns);
        Assert.All(forwards[rows..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Vectors_of_other_lengths_are_refused()
    {
        using VectorProduct product = new(new double[12], 4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => product.Multiply(new double[4], new double[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => product.Multiply(new double[3], new double[4]));
    }

    [Theory]
    [Trait("Registers", "Slow without")]
    [InlineData(128)]
    [InlineData(333)]
    public void Two_threads_give_the_same_bits_as_one(int rows)
    {
        double[] a = Numbers(rows * rows, 3);
        using VectorProduct alone = new(a, rows, rows);
        using PairedProduct paired = new(alone);
        double[] expected = new double[alone.Padded], found = new double[alone.Padded];
        for (int n = 0; n < 3000; n++)
        {
            double[] x = Numbers(rows, (ulong)n);
            alone.Multiply(x, expected);
            paired.Multiply(x, found);
            Assert.Equal(expected, found);
            // Now and then the helper goes to sleep in between.
            if (n % 1000 == 999)
                Thread.Sleep(20);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1003)]
    public void Panels_hold_the_rows_one_after_the_other(int rows)
    {
        using VectorProduct product = new(Numbers(rows * 3, 1), rows, 3);
        Assert.Equal(0, product.Row(0));
        Assert.Equal(product.Padded, product.Row(product.Panels));
        // A part of the panels writes the rows from the first one's on, and those alone.
        double[] x = [1, -2, 3], whole = new double[product.Padded];
        product.Multiply(x, whole);
        for (int panel = 0; panel < product.Panels; panel++)
        {
            double[] part = [.. Enumerable.Repeat(-77.0, product.Padded)];
            product.Part(panel, panel + 1).Multiply(x, part);
            for (int row = 0; row < part.Length; row++)
                Assert.Equal(row >= product.Row(panel) && row < product.Row(panel + 1) ? whole[row] : -77, part[row]);
        }
    }

    [Fact]
    [Trait("Registers", "Slow without")]
    public void An_orbit_is_the_same_with_a_second_thread_as_step_by_step()
    {
        TimeSeries data = Lorenz63.Default.Simulate(3000, 0.01).Standardize();
        EchoStateNetwork network = new(3, new() { Units = 400, Connectivity = 1, Seed = 2 });
        ReadoutTraining.Fit(network, data, new() { Washout = 300 });
        const int Rows = 2500;

        TimeSeries orbit = network.Generate(data, Rows, 100, 500);

        double[] state = FreeRun.StateAt(network, data, 600, 500), expected = new double[3];
        network.ForcedStep(state, data.Row(600), state);
        for (int t = 1; t < Rows; t++)
        {
            network.Observe(state, expected);
            Assert.Equal(expected, orbit.Row(t).ToArray());
            network.Step(state, state);
        }
    }

    private static double[] Numbers(int count, ulong seed)
    {
        RandomStream random = new(seed, "numbers");
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = random.NextNormal();
        return numbers;
    }
}
