namespace Attractor.Learning;

/// <summary>Bounds on the log likelihood of some sequences, in nats per time step: totals over the total of steps.</summary>
/// <param name="Steps">Time steps of all sequences.</param>
/// <param name="Bound">The evidence lower bound, the mean over the draws: LogLikelihood - Divergence.</param>
/// <param name="LogLikelihood">Its part E[log p(x | z)].</param>
/// <param name="Divergence">Its part KL(q || p).</param>
/// <param name="ImportanceWeighted">log (1/k) sum_j p(x, z_j) / q(z_j | x), a tighter bound, equal in expectation to an evidence lower
/// bound for k = 1.</param>
/// <param name="Draws">k.</param>
public sealed record SequenceLikelihood(
    long Steps, double Bound, double LogLikelihood, double Divergence, double ImportanceWeighted, int Draws);
