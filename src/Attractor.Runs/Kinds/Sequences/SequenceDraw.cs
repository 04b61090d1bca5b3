using Attractor.Models;

namespace Attractor.Runs;

/// <summary>How a sequence is drawn from a sequential variational autoencoder.</summary>
public sealed record SequenceDraw : SettingsRecord
{
    /// <summary>Rows to generate.</summary>
    [Setting("rows to generate", Alias = "-n", Above = 0, Unit = "rows")]
    public int Steps { get; init; } = 10_000;

    /// <summary>The series to go on after; null for a first state drawn from the prior.</summary>
    [Setting("the series to go on after", Default = "none")]
    public string? From { get; init; }

    /// <summary>The seed.</summary>
    [Setting("the seed", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; }

    /// <summary>What is random.</summary>
    [Setting("what is random: full, latent (of the observations their means) or none (the orbit of the transition's mean)")]
    public GenerationNoise Noise { get; init; } = GenerationNoise.Full;
}
