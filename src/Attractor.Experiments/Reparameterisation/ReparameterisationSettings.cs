using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on gradients through sampling.</summary>
internal sealed record ReparameterisationSettings : ExperimentSettings
{
    [Setting("N, samples of each histogram and of the first test", Least = 10, Most = MostSamples, Unit = "samples")]
    public int Samples { get; init; } = 1000;

    [Setting("lambda, rate of the exponential distribution", Above = 0)]
    public double Lambda { get; init; } = 1;

    [Setting("temperature of Gumbel-softmax", Above = 0, Most = 100)]
    public double Temperature { get; init; } = 0.1;

    [Setting("delta, distances of q from the posterior: mu = m + delta t, s = t (1 + delta / 2)", Least = 0, Most = 10)]
    public IReadOnlyList<double> Distances { get; init; } = [1, 0.3, 0.1, 0.03, 0.01, 0];

    [Setting("estimates of each gradient near the posterior; half as many over the width, five times as many of classes",
        Least = 2000, Most = 10_000_000)]
    public int Estimates { get; init; } = 400_000;

    [Setting("seed of all samples", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;

    /// <summary>Samples at which a test sees a hundredth, which stand beside the document's.</summary>
    public const int MostSamples = 100_000;

    /// <summary>The document's N, and that.</summary>
    public IReadOnlyList<int> Sizes => Samples == MostSamples ? [MostSamples] : [Samples, MostSamples];
}
