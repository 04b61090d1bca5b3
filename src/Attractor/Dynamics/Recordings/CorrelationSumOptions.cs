namespace Attractor.Dynamics;

/// <summary>How a correlation sum is counted.</summary>
public sealed record CorrelationSumOptions
{
    /// <summary>Pairs no further apart in time than this many rows are left out; null for the mean period of the first variable.</summary>
    public int? TheilerWindow { get; init; }

    /// <summary>Radii to each doubling.</summary>
    public int RadiiPerOctave { get; init; } = 8;

    /// <summary>
    /// About how many pairs to count at each radius. Where there are more, a random subset of the points serves as centres: this
    /// makes the cost proportional to T rather than to T^2.
    /// </summary>
    public long Pairs { get; init; } = 2_000_000;
}
