namespace Attractor.Models;

/// <summary>A parameter of the distribution of some columns, for the graphical model.</summary>
/// <param name="Symbol">Its symbol: <c>mu_k</c>, <c>tau</c>.</param>
/// <param name="Meaning">What it is, with its prior: "centre of component k, normal".</param>
/// <param name="Hyperparameters">
/// The symbols its prior depends on, each with what it is; one that names another parameter of the same columns is an arrow from that one,
/// as of a normal-Wishart prior.
/// </param>
public sealed record MixtureParameter(string Symbol, string Meaning, IReadOnlyList<(string Symbol, string Meaning)> Hyperparameters)
{
    /// <summary>Whether each component has its own, in the plate of the components; otherwise they share one.</summary>
    public bool PerComponent { get; init; } = true;

    /// <summary>Whether it is chosen beforehand rather than inferred.</summary>
    public bool IsFixed { get; init; }
}
