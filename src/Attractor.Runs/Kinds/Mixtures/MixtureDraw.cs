namespace Attractor.Runs;

/// <summary>How rows are drawn from a mixture.</summary>
public sealed record MixtureDraw : SettingsRecord
{
    /// <summary>Rows to draw.</summary>
    [Setting("rows to draw", Above = 0)]
    public int Count { get; init; } = 64;

    /// <summary>The seed.</summary>
    [Setting("the seed", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; }
}
