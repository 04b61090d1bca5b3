namespace Attractor.Runs;

/// <summary>How an integral is approximated.</summary>
internal sealed record LaplaceRequest
{
    /// <summary>Of one variable, where the interval begins.</summary>
    public double From { get; init; } = double.NegativeInfinity;

    /// <summary>Where it ends.</summary>
    public double To { get; init; } = double.PositiveInfinity;

    /// <summary>Of several variables, where the search for the mode begins; those that are not named, at 0.</summary>
    public IReadOnlyDictionary<string, double> Start { get; init; } = new Dictionary<string, double>();

    /// <summary>Draws of importance sampling.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>Their seed.</summary>
    public ulong Seed { get; init; } = 1;
}
