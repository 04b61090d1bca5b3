namespace Attractor.Models;

/// <summary>A sequence that a model made.</summary>
/// <param name="Observations">T x D.</param>
/// <param name="Latents">T x L: what they were decoded from.</param>
public sealed record GeneratedSequence(TimeSeries Observations, TimeSeries Latents);
