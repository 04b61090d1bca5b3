namespace Attractor.Storage;

/// <summary>How the fit of a mixture ended, as its run folder remembers it.</summary>
/// <param name="Restart">Which start was the best, from 0.</param>
/// <param name="Converged">Whether it converged.</param>
/// <param name="Reason">Why it ended, as a sentence.</param>
public sealed record FitSummary(int Restart, bool Converged, string Reason);
