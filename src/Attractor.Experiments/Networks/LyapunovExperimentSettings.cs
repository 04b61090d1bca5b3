using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on the largest Lyapunov exponent.</summary>
internal sealed record LyapunovExperimentSettings : NetworkSettings
{
    [Setting("a folder with train.npy", Default = "Lorenz-63, simulated")]
    public string? Data { get; init; }

    [Setting("strength of generalised forcing", Least = 0, Most = 1)]
    public double Alpha { get; init; } = 0.1;

    [Setting("gradient steps of each training", Least = 1, Unit = "updates")]
    public long Updates { get; init; } = 250_000;

    [Setting("seeds to train with")]
    public IReadOnlyList<long> Seeds { get; init; } = [.. Enumerable.Range(1, 10).Select(i => (long)i)];

    [Setting("steps of the stable estimate", Least = 100, Most = 1_000_000_000, Unit = "steps")]
    public int Steps { get; init; } = 1_000_000;

    [Setting("factors of the naive product at most", Least = 10, Most = 100_000_000, Unit = "steps")]
    public int Products { get; init; } = 300_000;

    public override FormattableString? WhyUnused(string property)
        => property is nameof(Noise) or nameof(Rows) ? SimulatedData.WhyUnused(property, Data) : null;

    /// <summary>A clipped shallow PLRNN under generalised forcing.</summary>
    public RecurrentSettings ToNetwork(long seed)
        => ToTraining(seed) with { Forcing = ForcingRule.Gtf, Alpha = Alpha, Updates = Updates };
}
