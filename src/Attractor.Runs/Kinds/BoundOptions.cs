namespace Attractor.Runs;

/// <summary>How bounds on log p(x) are estimated.</summary>
public sealed record BoundOptions : SettingsRecord
{
    private const int MostDraws = 1_000_000;

    /// <summary>K, importance samples.</summary>
    [Setting("K, importance samples of the bounds on log p(x)", Least = 1, Most = MostDraws)]
    public IReadOnlyList<int> Draws { get; init; } = [1, 100];

    /// <summary>Observations, from the first on; null for all.</summary>
    [Setting("observations, from the first on", Default = "all", Above = 0)]
    public int? Samples { get; init; }

    /// <summary>The seed of the draws.</summary>
    [Setting("the seed of the draws", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; }
}
