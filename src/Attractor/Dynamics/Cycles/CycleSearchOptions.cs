namespace Attractor.Dynamics;

/// <summary>How cycles are searched.</summary>
public sealed record CycleSearchOptions
{
    /// <summary>The largest order.</summary>
    public int MaxOrder { get; init; } = 10;

    /// <summary>Seed of the random starts; the same seed finds the same cycles, whatever the number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Two points closer than this, relative to the size of the points, are the same.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Random starts without a new cycle before an order is given up.</summary>
    public int Starts { get; init; } = 200;

    /// <summary>Close returns of the map's own orbits from which each order is started beside that.</summary>
    public int Returns { get; init; } = 100;

    /// <summary>Where there are at most so many sequences of regions of an order, all are tried.</summary>
    public long Exhaustive { get; init; } = 1_000_000;
}
