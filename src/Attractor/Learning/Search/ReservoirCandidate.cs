using Attractor.Models;

namespace Attractor.Learning;

/// <summary>One choice of hyperparameters.</summary>
/// <param name="Reservoir">How the reservoir is drawn; each repetition has a seed of its own.</param>
/// <param name="Ridge">lambda.</param>
public sealed record ReservoirCandidate(ReservoirOptions Reservoir, double Ridge);
