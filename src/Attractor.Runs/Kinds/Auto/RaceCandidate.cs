namespace Attractor.Runs;

/// <summary>One who takes part in a race.</summary>
/// <param name="Name">What sets it apart, as a folder may be called.</param>
/// <param name="Settings">What it is built of and how it learns.</param>
internal sealed record RaceCandidate(string Name, ModelSettings Settings)
{
    /// <summary>Whether it learns the better the longer it may; the others are fitted once.</summary>
    public bool Learns => Settings is RecurrentSettings;

    /// <summary>Seconds of one update on the machine whose figures the results give.</summary>
    public double NominalSeconds => Settings is RecurrentSettings { Latent: { } m } s
        ? (1e-4 + (2.2e-7 * m * s.Hidden)) * s.Sequence * s.Batch / 3200
        : 0;
}
