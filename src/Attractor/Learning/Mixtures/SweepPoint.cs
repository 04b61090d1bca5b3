namespace Attractor.Learning;

/// <summary>The bound after a sweep over all factors, or after an epoch of stochastic steps.</summary>
/// <param name="Restart">Which start, from 0.</param>
/// <param name="Sweep">The sweep, from 0: the update of the parameters from the responsibilities of the start. Or the epoch.</param>
/// <param name="Update">Sweeps or epochs of all starts so far.</param>
/// <param name="Elbo">The evidence lower bound of all data, nats.</param>
/// <param name="Seconds">Since the fit began or was resumed.</param>
public readonly record struct SweepPoint(int Restart, int Sweep, long Update, double Elbo, double Seconds);
