namespace Attractor.Learning;

/// <summary>What became of one start.</summary>
/// <param name="Restart">Which one, from 0.</param>
/// <param name="Parameters">The numbers that say the posterior.</param>
/// <param name="Counts">The expected number of rows of each component.</param>
/// <param name="Terms">The values of the terms of the bound, in their order.</param>
/// <param name="Converged">Whether it converged.</param>
public sealed record MixtureOutcome(
    int Restart, IReadOnlyList<double> Parameters, IReadOnlyList<double> Counts, IReadOnlyList<double> Terms, bool Converged)
{
    /// <summary>The bound, nats.</summary>
    public double Elbo => Terms.Sum();
}
