namespace Attractor.Runs;

/// <summary>What an atlas of a piecewise-linear map shows.</summary>
internal sealed record AtlasSettings
{
    /// <summary>Steps whose regions are the symbols.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Steps left out before them.</summary>
    public int Transient { get; init; } = 10_000;

    /// <summary>The longest words that are counted.</summary>
    public int Words { get; init; } = 8;

    /// <summary>The largest order of the cycles that are sought.</summary>
    public int MaxOrder { get; init; } = 4;

    /// <summary>Seed of their search.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Times that the map, or its inverse, is applied to trace a manifold; 0 traces none.</summary>
    public int Iterations { get; init; } = 200;

    /// <summary>Starts along a side of the plane whose basins are drawn; 0 follows none.</summary>
    public int Basins { get; init; }

    /// <summary>An entry of the parameters, such as <c>h1[2]</c>, along which the fixed points are followed; none if null.</summary>
    public string? Along { get; init; }

    /// <summary>The lowest value of that entry; half the tensor's largest modulus below its own if null.</summary>
    public double? From { get; init; }

    /// <summary>The highest.</summary>
    public double? To { get; init; }

    /// <summary>Values between the two, both included.</summary>
    public int Values { get; init; } = 200;
}
