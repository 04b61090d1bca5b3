namespace Attractor.Learning;

/// <summary>How a loop goes about its learner.</summary>
internal sealed record LoopOptions
{
    /// <summary>Divergences that are undone, half the learning rate each, before it gives up.</summary>
    public int MaxDivergences { get; init; }

    /// <summary>Divergences undone before the loop began.</summary>
    public int Divergences { get; init; }

    /// <summary>
    /// Steps between two checkpoints: one after the first stretch that passes a multiple of it. Null for
    /// checkpoints by time; 0 for none but the last.
    /// </summary>
    public long? CheckpointSteps { get; init; }

    /// <summary>The least time between two checkpoints.</summary>
    public TimeSpan CheckpointInterval { get; init; }
}
