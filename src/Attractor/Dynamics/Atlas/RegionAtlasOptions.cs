namespace Attractor.Dynamics;

/// <summary>How the regions of a piecewise-linear map are charted.</summary>
public sealed record RegionAtlasOptions
{
    /// <summary>Steps whose regions are the symbols.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Steps left out before them.</summary>
    public int Transient { get; init; } = 10_000;

    /// <summary>The longest words that are counted.</summary>
    public int WordLength { get; init; } = 8;

    /// <summary>Regions whose fixed points are sought, the most visited first: each takes O(D^3).</summary>
    public int Described { get; init; } = 256;
}
