using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Models;

/// <summary>Models whose weights are set by hand, and what their equations then say.</summary>
public sealed class KnownWeightsTests
{
    [Fact]
    public void The_linear_path_of_a_smoothing_posterior_is_added()
    {
        SequentialVariationalAutoencoder model = new(new()
        {
            Observed = 1,
            Latent = 2,
            Inference = SequentialInference.Smoothing,
            EncoderUnits = 3,
            EncoderHidden = 4,
            TransitionHidden = 4,
        });
        foreach (ParameterTensor tensor in model.Parameters.Tensors.Where(t => t.Name.StartsWith("posterior.", StringComparison.Ordinal)))
            model.Parameters.Set(tensor.Name, new double[tensor.Count]);
        // mean_t = D z_{t-1} + m, and hardly any variance: z_t is its mean.
        double[] d = [0.5, 0.2, -0.3, 0.8], m = [0.25, -1], z = [2, 1];
        model.Parameters.Set("posterior.linear", d);
        model.Parameters.Set("posterior.mean.bias", m);
        model.Parameters.Set("posterior.log_variance.bias", [-80, -80]);
        model.Parameters.Set("posterior.initial", z);
        (TimeSeries means, _) = model.Encode(new TimeSeries([0.3, -0.2, 0.9, 0.1], 1));
        for (int t = 0; t < 4; t++)
        {
            z = [(d[0] * z[0]) + (d[1] * z[1]) + m[0], (d[2] * z[0]) + (d[3] * z[1]) + m[1]];
            Assert.Equal(z[0], means[t, 0], 1e-6);
            Assert.Equal(z[1], means[t, 1], 1e-6);
        }
    }

    [Fact]
    public void The_Jacobian_of_a_plrnn_has_the_diagonal_of_W()
    {
        const int Latent = 5;
        Plrnn model = new(2, Latent, seed: 3);
        double[] a = [0.1, 0.2, 0.3, 0.4, 0.5], h = [0.1, -0.1, 0.2, 0, 0.3], w = new double[Latent * Latent];
        for (int i = 0; i < w.Length; i++)
            w[i] = 0.01 * (i + 1);
        model.Parameters.Set("A", a);
        model.Parameters.Set("h", h);
        model.Parameters.Set("W", w);
        double[] state = [0.3, -0.4, 0.5, 0.6, -0.1], jacobian = new double[Latent * Latent], next = new double[Latent];
        model.Jacobian(state, jacobian);
        model.Step(state, next);
        for (int i = 0; i < Latent; i++)
        {
            double expected = (a[i] * state[i]) + h[i];
            for (int j = 0; j < Latent; j++)
            {
                expected += w[(i * Latent) + j] * Math.Max(0, state[j]);
                Assert.Equal((i == j ? a[i] : 0) + (state[j] > 0 ? w[(i * Latent) + j] : 0), jacobian[(i * Latent) + j], 1e-15);
            }
            Assert.Equal(expected, next[i], 1e-14);
        }
        // The tangent map, narrow and as wide as the lanes, agrees.
        foreach (int k in (int[])[1, 16])
        {
            double[] vectors = new double[Latent * k], moved = new double[Latent * k];
            for (int i = 0; i < vectors.Length; i++)
                vectors[i] = Math.Sin(i + 1);
            model.StepTangent(state, next, vectors, moved);
            for (int i = 0; i < Latent; i++)
                for (int c = 0; c < k; c++)
                    Assert.Equal(
                        Enumerable.Range(0, Latent).Sum(j => jacobian[(i * Latent) + j] * vectors[(j * k) + c]), moved[(i * k) + c], 1e-14);
        }
    }

    [Theory]
    [InlineData(WeightDistribution.Gaussian, 1)]
    [InlineData(WeightDistribution.Uniform, 1 / 3.0)]
    [InlineData(WeightDistribution.Constant, 1)]
    public void The_input_weights_of_a_deeper_layer_are_divided_by_the_root_of_its_units(WeightDistribution distribution, double square)
    {
        const int Units = 120;
        const double Scale = 0.4;
        Reservoir reservoir = new(2, new() { Units = Units, Layers = 2, InputScale = Scale, InputWeights = distribution, Seed = 9 });
        double first = 0, second = 0;
        for (int i = 0; i < Units; i++)
        {
            for (int j = 0; j < 2; j++)
                first += reservoir.InputWeight(i, j) * reservoir.InputWeight(i, j) / (2 * Units);
            for (int j = 0; j < Units; j++)
                second += reservoir.InputWeight(i, j, layer: 1) * reservoir.InputWeight(i, j, layer: 1) / (Units * Units);
        }
        Assert.Equal(Scale * Scale * square, first, 0.35 * Scale * Scale * square);
        Assert.Equal(Scale * Scale * square / Units, second, 0.05 * Scale * Scale * square / Units);
    }

    [Fact]
    public void Standardising_twice_is_undone_at_once()
    {
        TimeSeries data = new([1, 10, 2, 30, 4, 20, 8, 70], 2);
        TimeSeries twice = new Standardization([0.5, -2], [3, 0.25]).Apply(data.Standardize());
        Assert.Equal(data.Values.ToArray(), twice.Standardization!.Undo(twice).Values.ToArray().Select(v => Math.Round(v, 12)));
        Standardization first = data.Standardize().Standardization!;
        for (int n = 0; n < 2; n++)
        {
            Assert.Equal(first.Mean[n] + (first.Scale[n] * (n == 0 ? 0.5 : -2)), twice.Standardization.Mean[n], 1e-12);
            Assert.Equal(first.Scale[n] * (n == 0 ? 3 : 0.25), twice.Standardization.Scale[n], 1e-12);
        }
    }

    [Fact]
    public void A_relaxed_sample_is_that_of_the_hard_one_and_sums_to_one()
    {
        double[] logits = [0.5, -0.3, 1.1, 2, 0, -1];
        RelaxedSamples samples = new(new OneHotCategorical(logits, 3), 0.5);
        double[] relaxed = new double[6], same = new double[6], hard = new double[6], mean = new double[6];
        for (int n = 0; n < 4000; n++)
        {
            samples.Sample(new RandomStream(1, "relaxed", (ulong)n), relaxed);
            samples.SampleBoth(new RandomStream(1, "relaxed", (ulong)n), hard, same);
            Assert.Equal(same, relaxed);
            for (int g = 0; g < 2; g++)
            {
                Assert.Equal(1, relaxed[(3 * g)..(3 * (g + 1))].Sum(), 1e-12);
                // The largest of the relaxed is the hard one, which has the probabilities of the logits.
                int largest = Array.IndexOf(relaxed, relaxed[(3 * g)..(3 * (g + 1))].Max(), 3 * g);
                Assert.Equal(1, hard[largest]);
                mean[largest] += 1 / 4000.0;
            }
        }
        for (int i = 0; i < 6; i++)
        {
            double[] group = logits[(i / 3 * 3)..((i / 3 * 3) + 3)];
            Assert.Equal(Math.Exp(logits[i]) / group.Sum(Math.Exp), mean[i], 0.03);
        }
    }

    [Fact]
    public void The_bound_of_a_fitted_mixture_is_what_the_fit_said()
    {
        double[] rows = [.. Enumerable.Range(0, 40).Select(i => (double)(i % 2 == 0 ? 3 + (i % 5) : 30 + (i % 7)))];
        TimeSeries series = new(rows, 1, names: ["n"]);
        Mixture model = new(2, [new PoissonBlock("n")], MixtureWeights.Dirichlet(1));
        MixtureFit fit = CoordinateAscent.Fit(model, series, new() { Seed = 1 });
        (IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts) = EvidenceLowerBound.Of(fit.Mixture, new SeriesRows(series));
        Assert.Equal(fit.Elbo, EvidenceLowerBound.Sum(terms), 1e-6);
        Assert.Equal(fit.Terms.Select(t => t.Name), terms.Select(t => t.Name));
        Assert.Equal(40, counts.Sum(), 1e-9);
        Assert.Equal([20, 20], counts.Select(c => Math.Round(c)));
    }
}
