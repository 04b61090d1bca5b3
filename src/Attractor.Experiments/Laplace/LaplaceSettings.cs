using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on Laplace's method.</summary>
internal sealed record LaplaceSettings : ExperimentSettings
{
    [Setting("N, whose factorials are approximated")]
    public IReadOnlyList<int> Points { get; init; } = [1, 2, 5, 10, 20, 50, 100, 170, 1000, 10_000, 100_000, 1_000_000];

    [Setting("how often each of the twenty observations of the logistic regression is repeated")]
    public IReadOnlyList<int> Repeats { get; init; } = [1, 2, 4, 8, 16, 32, 64];

    [Setting("draws of importance sampling", Least = 1000, Most = 10_000_000)]
    public int Draws { get; init; } = 100_000;

    [Setting("seed of those draws", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;
}
