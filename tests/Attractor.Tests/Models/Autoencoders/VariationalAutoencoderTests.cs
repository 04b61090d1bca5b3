using Attractor.Models;

namespace Attractor.Tests.Models.Autoencoders;

public sealed class VariationalAutoencoderTests
{
    [Fact]
    public void Shapes_are_rows_of_the_observed_or_latent_variables()
    {
        VariationalAutoencoder model = Model(Observation.Bernoulli);
        float[] x = [.. Enumerable.Range(0, 3 * 6).Select(i => i % 3 == 0 ? 1f : 0)];
        (float[] means, float[] deviations) = model.Encode(x);
        Assert.Equal(3 * 2, means.Length);
        Assert.Equal(3 * 2, deviations.Length);
        Assert.All(deviations, s => Assert.True(s > 0));
        Assert.Equal(3 * 6, model.Decode(means).Length);
        Assert.Equal(model.Decode(means), model.Reconstruct(x));
        Assert.Equal(5 * 6, model.Sample(5, seed: 1).Length);
        Assert.Empty(model.Sample(0, seed: 1));
        Assert.Empty(model.Encode([]).Means);
        Assert.Equal("6-4-2 and back, tanh", model.Description);
        Assert.Equal((4 * 7) + (2 * 2 * 5) + (4 * 3) + (6 * 5), model.ParameterCount);
    }

    [Fact]
    public void Rows_are_encoded_and_decoded_each_by_itself_however_many_there_are()
    {
        VariationalAutoencoder model = Model(Observation.Gaussian);
        // More than are encoded at once.
        float[] x = [.. Enumerable.Range(0, 1203 * 6).Select(i => MathF.Sin(0.37f * i))],
            means = model.Encode(x).Means, decoded = model.Reconstruct(x);
        foreach (int row in (int[])[0, 499, 500, 1000, 1202])
        {
            float[] one = x[(6 * row)..(6 * (row + 1))];
            Assert.Equal(model.Encode(one).Means, means[(2 * row)..(2 * (row + 1))], Close);
            Assert.Equal(model.Reconstruct(one), decoded[(6 * row)..(6 * (row + 1))], Close);
        }
    }

    [Fact]
    public void A_linear_model_encodes_by_its_matrices()
    {
        VariationalAutoencoder model = new(new() { Observed = 3, Layers = [], Latent = 2, Observation = Observation.Gaussian, Seed = 4 });
        float[] x = [0.5f, -1, 2];
        (float[] means, float[] deviations) = model.Encode(x);
        double[] z = Affine("encoder.mean", x), logVariances = Affine("encoder.log_variance", x);
        Assert.Equal([.. z.Select(v => (float)v)], means, Close);
        Assert.Equal([.. logVariances.Select(v => (float)Math.Exp(v / 2))], deviations, Close);
        Assert.Equal([.. Affine("decoder.output", means).Select(v => (float)v)], model.Decode(means), Close);

        double[] Affine(string name, float[] input)
        {
            double[] w = model.Parameters[$"{name}.weight"].ToArray(), b = model.Parameters[$"{name}.bias"].ToArray();
            return [.. b.Select((bias, o) => bias + input.Select((v, i) => v * w[(o * input.Length) + i]).Sum())];
        }
    }

    [Fact]
    public void Samples_and_parameters_follow_from_their_seeds()
    {
        VariationalAutoencoder model = Model(Observation.Bernoulli);
        Assert.Equal(model.Sample(9, seed: 3), model.Sample(9, seed: 3));
        Assert.NotEqual(model.Sample(9, seed: 3), model.Sample(9, seed: 4));
        Assert.Equal(model.Sample(9, seed: 3, means: false), model.Sample(9, seed: 3, means: false));
        Assert.Equal(model.Sample(9, seed: 3), Model(Observation.Bernoulli).Sample(9, seed: 3));
        Assert.NotEqual(model.Sample(9, seed: 3), Model(Observation.Bernoulli, seed: 9).Sample(9, seed: 3));
    }

    [Theory]
    [InlineData(Observation.Bernoulli)]
    [InlineData(Observation.Gaussian)]
    [InlineData(Observation.IsotropicGaussian)]
    [InlineData(Observation.Poisson)]
    public void Drawn_samples_have_the_means_and_variances_of_their_distribution(Observation kind)
    {
        const int Count = 200_000;
        VariationalAutoencoder model = new(new() { Observed = 2, Layers = [], Latent = 1, Observation = kind });
        // Without weights the output is the same for every z.
        double[] outputs = [-0.5, 1.1], logVariances = [0.8, -1.4];
        model.Parameters.Set("decoder.output.weight", [0, 0]);
        model.Parameters.Set("decoder.output.bias", outputs);
        if (kind == Observation.Gaussian)
            model.Parameters.Set("decoder.log_variance", logVariances);
        if (kind == Observation.IsotropicGaussian)
            model.Parameters.Set("decoder.log_variance", logVariances.AsSpan(0, 1));
        float[] x = model.Sample(Count, seed: 2, means: false);
        if (kind is Observation.Bernoulli or Observation.Poisson)
            Assert.All(x, v => Assert.True(v >= 0 && v == MathF.Floor(v) && (kind == Observation.Poisson || v <= 1)));
        for (int j = 0; j < 2; j++)
        {
            double rate = Math.Exp(outputs[j]), p = 1 / (1 + Math.Exp(-outputs[j]));
            (double mean, double variance, double kurtosis) = kind switch
            {
                Observation.Bernoulli => (p, p * (1 - p), ((1 - (3 * p * (1 - p))) / (p * (1 - p)))),
                Observation.Poisson => (rate, rate, 3 + (1 / rate)),
                Observation.Gaussian => (outputs[j], Math.Exp(logVariances[j]), 3.0),
                _ => (outputs[j], Math.Exp(logVariances[0]), 3.0),
            };
            double[] column = [.. Enumerable.Range(0, Count).Select(i => (double)x[(2 * i) + j])];
            double average = column.Average(), spread = column.Average(v => (v - mean) * (v - mean));
            // Five standard errors of each.
            Assert.InRange(average - mean, -5 * Math.Sqrt(variance / Count), 5 * Math.Sqrt(variance / Count));
            double error = 5 * variance * Math.Sqrt((kurtosis - 1) / Count);
            Assert.InRange(spread - variance, -error, error);
        }
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(model.Sample(20, seed: 2)[2 * i], model.Decode([0])[0]));
    }

    [Fact]
    public void The_prior_is_standard_normal()
    {
        VariationalAutoencoder model = new(new() { Observed = 1, Layers = [], Latent = 1, Observation = Observation.Gaussian });
        model.Parameters.Set("decoder.output.weight", [1]);
        model.Parameters.Set("decoder.output.bias", [0]);
        float[] z = model.Sample(100_000, seed: 6);
        Assert.InRange(z.Average(), -0.016, 0.016);
        Assert.InRange(z.Average(v => (double)v * v), 0.977, 1.023);
    }

    [Fact]
    public void An_interpolation_goes_straight_from_one_reconstruction_to_the_other()
    {
        VariationalAutoencoder model = Model(Observation.Bernoulli);
        float[] from = [1, 0, 0, 1, 1, 0], to = [0, 1, 1, 0, 0.5f, 1];
        float[] way = model.Interpolate(from, to, 5), a = model.Encode(from).Means, b = model.Encode(to).Means;
        Assert.Equal(5 * 6, way.Length);
        Assert.Equal(model.Reconstruct(from), way[..6], Close);
        Assert.Equal(model.Reconstruct(to), way[^6..], Close);
        Assert.Equal(model.Decode([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]), way[12..18], Close);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Interpolate(from, to, 1));
        Assert.Contains(
            "6 values, found 6 and 5",
            Assert.Throws<ArgumentException>(() => model.Interpolate(from, to.AsSpan(1), 3)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_whole_rows_or_cannot_be_observed_is_refused()
    {
        VariationalAutoencoder model = Model(Observation.Bernoulli);
        Assert.Contains(
            "rows of 6 observed variables, found 7 values", Message(() => model.Encode(new float[7])), StringComparison.Ordinal);
        Assert.Contains("rows of 2 latent variables, found 3 values", Message(() => model.Decode(new float[3])), StringComparison.Ordinal);
        Assert.Contains(
            "Variable 1 of row 1 is 1.5", Message(() => model.Encode([0, 0, 0, 0, 0, 0, 0, 1.5f, 0, 0, 0, 0])), StringComparison.Ordinal);
        Assert.Contains(
            "Variable 5 of row 0 is -1", Message(() => model.Reconstruct([0, 0, 0, 0, 0, -1])), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Sample(-1, seed: 1));
    }

    [Theory]
    [InlineData(0, 2, 4, "observed variables must be 1 to 1,000,000, not 0")]
    [InlineData(6, 0, 4, "latent variables must be 1 to 1,000,000, not 0")]
    [InlineData(6, 2, -1, "units of a layer must be 1 to 1,000,000, not -1")]
    [InlineData(8, 2, 4, "An image of 2 x 3 pixels does not have 8 of them")]
    public void Sizes_that_are_impossible_are_refused(int observed, int latent, int units, string words)
        => Assert.Contains(
            words,
            Message(() => new VariationalAutoencoder(
                new() { Observed = observed, Latent = latent, Layers = [units], Image = observed == 8 ? (2, 3) : null })),
            StringComparison.Ordinal);

    private static string Message(Func<object> work) => Assert.Throws<ArgumentException>(work).Message;

    private static string Message(Func<(float[] Means, float[] Deviations)> work)
        => Assert.Throws<ArgumentException>(() => { work(); }).Message;

    private static bool Close(float a, float b) => MathF.Abs(a - b) <= 1e-5f * Math.Max(1, MathF.Abs(a));

    private static VariationalAutoencoder Model(Observation kind, ulong seed = 8)
        => new(new() { Observed = 6, Layers = [4], Latent = 2, Activation = LayerActivation.Tanh, Observation = kind, Seed = seed });
}
