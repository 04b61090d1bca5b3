using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning;

public class DataDrivenStartTests
{
    private static readonly TimeSeries s_lorenz = Lorenz63.Default.Simulate(steps: 3000, dt: 0.02, seed: 1).Standardize();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_boundary_passes_through_a_row_of_the_data(bool clipped)
    {
        ShallowPlrnn model = Create(clipped, latent: 3, hidden: 20);
        new DataDrivenStart().Apply(model, [s_lorenz], seed: 4);

        double[] w2 = Tensor(model, "W2"), h2 = Tensor(model, "h2");
        for (int j = 0; j < model.Hidden; j++)
        {
            double nearest = Enumerable.Range(0, s_lorenz.Length)
                .Min(t => Math.Abs(h2[j] + Enumerable.Range(0, 3).Sum(k => w2[(j * 3) + k] * s_lorenz[t, k])));
            Assert.InRange(nearest, 0, 1e-12);
            // The rows have unit variance, and the normals unit length in their scale.
            Assert.InRange(Enumerable.Range(0, 3).Sum(k => w2[(j * 3) + k] * w2[(j * 3) + k]), 0.99, 1.01);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_rest_is_the_ridge_fit_to_the_next_row(bool clipped)
    {
        ShallowPlrnn model = Create(clipped, latent: 3, hidden: 12);
        DataDrivenStart start = new() { Decay = 0.8, Ridge = 1e-3 };
        start.Apply(model, [s_lorenz], seed: 2);
        double[] w2 = Tensor(model, "W2"), h2 = Tensor(model, "h2"), w1 = Tensor(model, "W1"), h1 = Tensor(model, "h1");
        int rows = s_lorenz.Length - 1;

        // Centred, so that the constant is not penalised: plain normal equations.
        Matrix<double> phi = Matrix<double>.Build.Dense(rows, 12, (t, j) =>
        {
            double sum = Enumerable.Range(0, 3).Sum(k => w2[(j * 3) + k] * s_lorenz[t, k]);
            return Math.Max(0, sum + h2[j]) - (clipped ? Math.Max(0, sum) : 0);
        });
        Matrix<double> y = Matrix<double>.Build.Dense(rows, 3, (t, n) => s_lorenz[t + 1, n] - (0.8 * s_lorenz[t, n]));
        Vector<double> phiMean = phi.ColumnSums() / rows, yMean = y.ColumnSums() / rows;
        Matrix<double> centred = Matrix<double>.Build.Dense(rows, 12, (t, j) => phi[t, j] - phiMean[j]);
        Matrix<double> w = (centred.TransposeThisAndMultiply(centred) + (1e-3 * rows * Matrix<double>.Build.DenseIdentity(12)))
            .Solve(centred.TransposeThisAndMultiply(y));

        Assert.All(Tensor(model, "A"), a => Assert.Equal(0.8, a));
        for (int n = 0; n < 3; n++)
        {
            for (int j = 0; j < 12; j++)
                Assert.Equal(w[j, n], w1[(n * 12) + j], 1e-9);
            Assert.Equal(yMean[n] - Enumerable.Range(0, 12).Sum(j => w[j, n] * phiMean[j]), h1[n], 1e-9);
        }
    }

    [Fact]
    public void It_forecasts_far_better_than_persistence_before_any_update()
    {
        ShallowPlrnn model = Create(clipped: false, latent: 3, hidden: 100);
        new DataDrivenStart { Ridge = 1e-6 }.Apply(model, [s_lorenz], seed: 1);

        double error = 0, persistence = 0;
        double[] next = new double[3];
        for (int t = 0; t + 1 < s_lorenz.Length; t++)
        {
            model.Step(s_lorenz.Row(t), next);
            for (int n = 0; n < 3; n++)
            {
                error += Math.Pow(next[n] - s_lorenz[t + 1, n], 2);
                persistence += Math.Pow(s_lorenz[t, n] - s_lorenz[t + 1, n], 2);
            }
        }
        Assert.InRange(error / persistence, 0, 0.01);
    }

    [Fact]
    public void The_other_units_follow_moving_averages_of_the_data()
    {
        ShallowPlrnn model = Create(clipped: false, latent: 7, hidden: 200);
        new DataDrivenStart { LongestMemory = 50, Ridge = 1e-8 }.Apply(model, [s_lorenz], seed: 1);

        // Two rounds over three variables: memories of 2 and 50 rows.
        double[] a = Tensor(model, "A");
        Assert.Equal([0.995, 0.995, 0.995], a[..3]);
        Assert.All(a[3..6], v => Assert.Equal(Math.Exp(-1 / 2.0), v, 1e-12));
        Assert.Equal(Math.Exp(-1 / 50.0), a[6], 1e-12);
        double[] state = new double[7], averages = [.. s_lorenz.Row(0), s_lorenz[0, 0]];
        model.InitialState(s_lorenz.Row(0), state);
        for (int t = 0; t < 1500; t++)
        {
            s_lorenz.Row(t).CopyTo(state);
            model.Step(state, state);
            for (int i = 0; i < 4; i++)
                averages[i] = (a[3 + i] * averages[i]) + ((1 - a[3 + i]) * s_lorenz[t, i % 3]);
        }
        for (int i = 0; i < 4; i++)
            Assert.Equal(averages[i], state[3 + i], 0.1);
    }

    [Fact]
    public void Rows_beside_a_gap_are_left_out_and_the_seed_decides_the_rest()
    {
        double[] values = s_lorenz.Values.ToArray();
        values[3 * 100] = double.NaN;
        ShallowPlrnn first = Create(false, 5, 10), second = Create(false, 5, 10), other = Create(false, 5, 10);
        new DataDrivenStart().Apply(first, [new(values, 3)], seed: 1);
        new DataDrivenStart().Apply(second, [new(values, 3)], seed: 1);
        new DataDrivenStart().Apply(other, [new(values, 3)], seed: 2);

        Assert.True(first.Parameters.Values.SequenceEqual(second.Parameters.Values));
        Assert.False(first.Parameters.Values.SequenceEqual(other.Parameters.Values));
        Assert.DoesNotContain(double.NaN, first.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_network_without_hidden_units_and_data_without_pairs_are_refused()
    {
        Assert.False(DataDrivenStart.Suits(new Plrnn(3, 5)));
        Assert.Contains(
            "plrnn",
            Assert.Throws<ArgumentException>(() => new DataDrivenStart().Apply(new Plrnn(3, 5), [s_lorenz], 1)).Message,
            StringComparison.Ordinal);
        TimeSeries holes = new([1, double.NaN, 2, double.NaN, 3], 1);
        Assert.Contains(
            "succession",
            Assert.Throws<ArgumentException>(() => new DataDrivenStart().Apply(new ShallowPlrnn(1, 1, 4), [holes], 1)).Message,
            StringComparison.Ordinal);
    }

    private static ShallowPlrnn Create(bool clipped, int latent, int hidden)
        => clipped ? new ClippedShallowPlrnn(3, latent, hidden) : new ShallowPlrnn(3, latent, hidden);

    private static double[] Tensor(RecurrentModel model, string name)
    {
        ParameterTensor tensor = model.Parameters.Tensors.First(t => t.Name == name);
        return model.Parameters.Values.Slice(tensor.Offset, tensor.Count).ToArray();
    }
}
