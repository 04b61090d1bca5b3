namespace Attractor.Evaluation;

/// <summary>
/// The importance-weighted bound on log p(x) with K draws, in nats: for K = 1 the evidence lower bound, for K to infinity log p(x) itself.
/// </summary>
/// <param name="Draws">K.</param>
/// <param name="Mean">Its mean over the samples.</param>
/// <param name="StandardError">The standard error of that mean as an estimate for all data like these samples.</param>
public sealed record ImportanceWeightedEstimate(int Draws, double Mean, double StandardError);
