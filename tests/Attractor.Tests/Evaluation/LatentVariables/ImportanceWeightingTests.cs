using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Evaluation.LatentVariables;

public sealed class ImportanceWeightingTests
{
    // x = w z + b + noise: log p(x) is that of N(b, w^2 + s^2), and the posterior is known.
    private const double Weight = 1.5, Bias = 0.4, LogVariance = -0.6;

    private static readonly SampleSet s_samples = SampleSet.Of(new TimeSeries([-2, -0.3, 0.4, 1.1, 3], 1));

    [Fact]
    public void With_the_true_posterior_every_draw_gives_the_exact_log_likelihood()
    {
        double variance = (Weight * Weight) + Math.Exp(LogVariance), expected = 0;
        foreach (double x in (double[])[-2, -0.3, 0.4, 1.1, 3])
            expected += -0.5 * (Math.Log(2 * Math.PI * variance) + ((x - Bias) * (x - Bias) / variance)) / 5;
        foreach (ImportanceWeightedEstimate estimate in ImportanceWeighting.Estimate(
            Model(posteriorLogVariance: PosteriorLogVariance()), s_samples, [1, 7, 300]))
            Assert.Equal(expected, estimate.Mean, 1e-5);
        // Another posterior gives a bound, which more draws bring near.
        IReadOnlyList<ImportanceWeightedEstimate> wide = ImportanceWeighting.Estimate(
            Model(posteriorLogVariance: 0.5), s_samples, [1, 20, 20_000]);
        Assert.True(wide[0].Mean < expected - 0.1);
        Assert.True(wide[0].Mean < wide[1].Mean);
        Assert.Equal(expected, wide[2].Mean, 0.02);
    }

    [Fact]
    public void The_estimate_follows_from_the_seed_alone()
    {
        VariationalAutoencoder model = Model(posteriorLogVariance: 0.5);
        Assert.Equal(
            ImportanceWeighting.Estimate(model, s_samples, [1, 10], seed: 3),
            ImportanceWeighting.Estimate(model, s_samples, [1, 10], seed: 3));
        Assert.NotEqual(
            ImportanceWeighting.Estimate(model, s_samples, [10], seed: 3)[0].Mean,
            ImportanceWeighting.Estimate(model, s_samples, [10], seed: 4)[0].Mean);
        Assert.Contains(
            "positive numbers of draws",
            Assert.Throws<ArgumentException>(() => ImportanceWeighting.Estimate(model, s_samples, [1, 0])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImportanceWeighting.Estimate(model, s_samples, []));
        Assert.Throws<OperationCanceledException>(
            () => ImportanceWeighting.Estimate(model, s_samples, [1], cancellationToken: new(canceled: true)));
    }

    private static double PosteriorLogVariance() => -Math.Log(1 + (Weight * Weight * Math.Exp(-LogVariance)));

    private static VariationalAutoencoder Model(double posteriorLogVariance)
    {
        VariationalAutoencoder model = new(new() { Observed = 1, Layers = [], Latent = 1, Observation = Observation.Gaussian });
        double slope = Weight / ((Weight * Weight) + Math.Exp(LogVariance));
        foreach ((string name, double value) in ((string, double)[])[
            ("encoder.mean.weight", slope), ("encoder.mean.bias", -slope * Bias), ("encoder.log_variance.weight", 0), (
                "encoder.log_variance.bias", posteriorLogVariance),
            ("decoder.output.weight", Weight), ("decoder.output.bias", Bias), ("decoder.log_variance", LogVariance)])
            model.Parameters.Set(name, [value]);
        return model;
    }
}
