using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Learning.Autoencoders;

/// <summary>One affine layer each way and Gaussian observations: everything is known in closed form.</summary>
[Trait("Registers", "Narrow")]
public sealed class LinearAutoencoderTests
{
    [Fact]
    public void With_the_true_posterior_every_draw_gives_the_exact_log_likelihood()
    {
        // x = W z + noise of variance 0.5: the posterior of this W is diagonal, N((0.44, -0.533333), (0.2, 0.111111)).
        VariationalAutoencoder model = new(new() { Observed = 3, Layers = [], Latent = 2, Observation = Observation.IsotropicGaussian });
        model.Parameters.Set("decoder.output.weight", [1, 0, 0, 2, 1, 0]);
        model.Parameters.Set("decoder.output.bias", [0, 0, 0]);
        model.Parameters.Set("decoder.log_variance", [Math.Log(0.5)]);
        model.Parameters.Set("encoder.mean.weight", [0.4, 0, 0.4, 0, 4.0 / 9, 0]);
        model.Parameters.Set("encoder.mean.bias", [0, 0]);
        model.Parameters.Set("encoder.log_variance.weight", new double[6]);
        model.Parameters.Set("encoder.log_variance.bias", [Math.Log(0.2), Math.Log(1 / 9.0)]);
        SampleSet samples = SampleSet.Of(new TimeSeries([0.3, -1.2, 0.8], 3));

        foreach (ImportanceWeightedEstimate estimate in ImportanceWeighting.Estimate(model, samples, [1, 7, 1000]))
            Assert.Equal(-4.026426073659, estimate.Mean, 1e-5);

        // In float64, as a training computes it.
        MinibatchResult result = AutoencoderTraining.Fit(model, samples, options: new()
        {
            Epochs = 1,
            ImportanceSamples = 5,
            Precision = Attractor.Learning.Precision.Float64,
            LearningRate = LearningRateSchedule.Constant(1e-300),
        });
        Assert.Equal(4.026426073659, result.Epochs[0].Loss, 1e-11);
    }

    [Fact]
    public void The_bound_reaches_the_likelihood_of_probabilistic_principal_components()
    {
        const int variables = 10, latent = 3, rows = 1000;
        TimeSeries data = FactorData(variables, latent, rows);
        double exact = PrincipalComponentsLogLikelihood(data, latent);
        VariationalAutoencoder model = new(
            new() { Observed = variables, Layers = [], Latent = latent, Observation = Observation.IsotropicGaussian, Seed = 1 });
        SampleSet samples = SampleSet.Of(data);
        AutoencoderTraining.Fit(
            model,
            samples,
            options: new() { Epochs = 1000, BatchSize = 20, LearningRate = LearningRateSchedule.Exponential(1e-2, 1e-5), Seed = 1 });
        // 400 draws for each sample: the estimate's own noise is below a tenth of what is asked for.
        double bound = ImportanceWeighting.Estimate(model, samples, [1, 400])[0].Mean;
        Assert.InRange(bound, exact - (1e-3 * Math.Abs(exact)), exact + (1e-4 * Math.Abs(exact)));
    }

    // Tipping and Bishop, JRSS B 61, 1999: the maximum of the log-likelihood, per row.
    private static double PrincipalComponentsLogLikelihood(TimeSeries data, int latent)
    {
        int d = data.Dimension;
        double[] mean = new double[d];
        for (int t = 0; t < data.Length; t++)
            for (int j = 0; j < d; j++)
                mean[j] += data.Row(t)[j] / data.Length;
        Matrix<double> centred = Matrix<double>.Build.Dense(data.Length, d, (t, j) => data.Row(t)[j] - mean[j]);
        double[] eigenvalues = [.. (centred.TransposeThisAndMultiply(centred) / data.Length)
            .Evd(Symmetricity.Symmetric).EigenValues
            .Select(e => e.Real)
            .OrderDescending()];
        double variance = eigenvalues[latent..].Average();
        return -0.5 * ((d * Math.Log(2 * Math.PI)) + eigenvalues[..latent].Sum(Math.Log) + ((d - latent) * Math.Log(variance)) + d);
    }

    private static TimeSeries FactorData(int variables, int latent, int rows)
    {
        RandomStream random = new(2, "factors");
        double[] loadings = new double[variables * latent], values = new double[rows * variables], z = new double[latent];
        for (int i = 0; i < loadings.Length; i++)
            loadings[i] = random.NextNormal();
        for (int t = 0; t < rows; t++)
        {
            for (int k = 0; k < latent; k++)
                z[k] = random.NextNormal();
            for (int j = 0; j < variables; j++)
            {
                double x = (0.1 * j) + (0.7 * random.NextNormal());
                for (int k = 0; k < latent; k++)
                    x += loadings[(j * latent) + k] * z[k];
                values[(t * variables) + j] = x;
            }
        }
        return new(values, variables);
    }
}
