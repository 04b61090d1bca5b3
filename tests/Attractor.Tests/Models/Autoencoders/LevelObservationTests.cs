using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Autoencoders;

/// <summary>Observation models of levels and categories, and the published numbers of ordinal levels and counts.</summary>
public sealed class LevelObservationTests
{
    // z = (.5, -1): b = (1, .5) makes an output of 0.
    private static readonly double[] s_u = [-1, 0.2, -0.5];

    [Fact]
    public void Ordinal_levels_have_the_published_probabilities()
    {
        ObservationModel ordinal = ObservationModel.Ordinal(4);
        double[] log = LogLikelihood(ordinal, [0, 0, 0, 0], [1, 2, 3, 4], s_u);
        double[] expected = [0.268941421370, 0.286184267251, 0.140792096048, 0.304082215331];
        for (int k = 0; k < 4; k++)
            Assert.Equal(expected[k], Math.Exp(log[k]), 1e-12);
        Assert.Equal(-1.251119384540, log[1], 1e-12);
        Assert.Equal(expected.Select((p, k) => p * (k + 1)).Sum(), ordinal.Mean(0, s_u), 1e-11);
    }

    [Fact]
    public void Poisson_counts_have_the_published_probability()
    {
        double output = (0.3 * 0.5) - (0.2 * -1);
        Assert.Equal(1.419067548593, ObservationModel.Poisson.Mean(output, []), 1e-12);
        // 3 * 0.35 - 1.419067548593 - log 6
        Assert.Equal(-2.160827017821, LogLikelihood(ObservationModel.Poisson, [output], [3], [])[0], 1e-12);
    }

    [Fact]
    public void A_negative_binomial_of_a_large_count_is_a_poisson_and_of_a_small_one_varies_as_said()
    {
        double[] counts = [0, 1, 4, 9], outputs = [0.7, 0.7, 0.7, 0.7];
        double[] poisson = LogLikelihood(ObservationModel.Poisson, outputs, counts, []);
        double[] wide = LogLikelihood(ObservationModel.NegativeBinomial, outputs, counts, [Math.Log(1e9)]);
        for (int i = 0; i < 4; i++)
            Assert.Equal(poisson[i], wide[i], 1e-7);
        double[] all = [.. Enumerable.Range(0, 400).Select(i => (double)i)], logs = [Math.Log(1.5)];
        double[] p = Array.ConvertAll(
            LogLikelihood(ObservationModel.NegativeBinomial, [.. all.Select(_ => 0.7)], all, logs), Math.Exp);
        double m = Math.Exp(0.7), mean = p.Zip(all, (q, k) => q * k).Sum();
        Assert.Equal(m, mean, 1e-9);
        Assert.Equal(m + (m * m / 1.5), p.Zip(all, (q, k) => q * (k - m) * (k - m)).Sum(), 1e-8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Levels_and_categories_are_normalised_and_drawn_as_often_as_they_are_likely(int levels)
    {
        RandomStream values = new(1, "values");
        foreach (ObservationModel model in (ObservationModel[])[ObservationModel.Ordinal(levels), ObservationModel.Categorical(levels)])
        {
            double[] outputs = [.. Enumerable.Range(0, model.Outputs).Select(_ => values.NextNormal())];
            double[] own = [.. model.Parameters.Select(_ => 0.5 * values.NextNormal())];
            double[] p = new double[levels];
            for (int k = 0; k < levels; k++)
                p[k] = Math.Exp(LogLikelihood(model, outputs, [k + 1], own)[0]);
            Assert.Equal(1, p.Sum(), 1e-12);
            RandomStream random = new(2, "draws");
            const int Draws = 20_000;
            int[] count = new int[levels];
            for (int i = 0; i < Draws; i++)
                count[(int)model.Sample(outputs, own, random) - 1]++;
            for (int k = 0; k < levels; k++)
                Assert.InRange(count[k] / (double)Draws, p[k] - 0.02, p[k] + 0.02);
        }
    }

    [Fact]
    public void Their_gradients_are_those_of_central_differences()
    {
        RandomStream values = new(3, "values");
        double[] x = [1, 4, 2, 3, 1, 4];
        foreach (ObservationModel model in (ObservationModel[])[ObservationModel.Ordinal(4), ObservationModel.Categorical(4)])
        {
            int outputs = 6 * model.Outputs, own = model.Parameters.Count;
            double[] at = [.. Enumerable.Range(0, outputs + (2 * own)).Select(_ => values.NextNormal())];
            GradientCheck check = Gradient.Check(
                (tape, p) => model.LogLikelihood(
                    [.. Enumerable.Range(0, own).Select(i => p.SliceColumns(outputs + (2 * i), 2))],
                    p.SliceColumns(0, outputs).Reshape(3, 2 * model.Outputs),
                    tape.Constant(new(3, 2), x)).Sum(),
                new(1, at.Length), at);
            Assert.InRange(check.RelativeError, 0, 1e-8);
        }
    }

    [Fact]
    public void Far_levels_keep_their_digits_where_a_difference_of_probabilities_has_none()
    {
        // sigmoid(41) - sigmoid(40) is 0 in float64, and e^-40 (1 - e^-1) in truth.
        double log = LogLikelihood(ObservationModel.Ordinal(3), [-40], [2], [0, 0])[0];
        Assert.Equal(-40 + Math.Log(1 - Math.Exp(-1)), log, 1e-10);
    }

    [Fact]
    public void What_is_no_level_is_refused()
    {
        Assert.Null(ObservationModel.Ordinal(5).Refusal(5));
        Assert.All((double[])[0, 6, 1.5, double.NaN], x => Assert.Contains("1 to 5", ObservationModel.Ordinal(5).Refusal(x)));
        Assert.All((double[])[0, 6, 1.5], x => Assert.Contains("1 to 5", ObservationModel.Categorical(5).Refusal(x)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ObservationModel.Ordinal(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ObservationModel.Categorical(ObservationModel.MostLevels + 1));
        Assert.Throws<ArgumentException>(
            () => new VariationalAutoencoder(new() { Observed = 3, Layers = [4], Latent = 2, Observation = ObservationModel.Ordinal(3) }));
    }

    // Of one variable: outputs of all rows one behind the other.
    private static double[] LogLikelihood(ObservationModel model, double[] outputs, double[] x, double[] own)
    {
        using Tape<double> tape = new();
        return model.LogLikelihood(
            [.. own.Select(v => tape.Constant(v))],
            tape.Constant(new(x.Length, model.Outputs), outputs),
            tape.Constant(new(x.Length, 1), x)).Value.ToArray();
    }
}
