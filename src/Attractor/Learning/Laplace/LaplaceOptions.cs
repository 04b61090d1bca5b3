namespace Attractor.Learning;

/// <summary>How a posterior is approximated at its mode.</summary>
public sealed record LaplaceOptions
{
    /// <summary>Where to begin: values of some latent variables by name; the others begin at 0 of their unconstrained numbers.</summary>
    public IReadOnlyDictionary<string, double[]> Start { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The most steps of the quasi-Newton method.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Draws from the approximation for its diagnostic and for the evidence by importance sampling.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>Seed of all draws.</summary>
    public ulong Seed { get; init; }
}
