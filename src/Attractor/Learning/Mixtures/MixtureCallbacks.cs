namespace Attractor.Learning;

/// <summary>Who listens to the fit of a mixture. All are called on the fitting thread.</summary>
public sealed record MixtureCallbacks
{
    /// <summary>Called a few times a second.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Called after every sweep, or epoch; the mixture that is being fitted holds its posterior then.</summary>
    public Action<SweepPoint>? Sweep { get; init; }

    /// <summary>Called with states worth keeping, the last one included, and the points since the call before.</summary>
    public Action<MixtureState, IReadOnlyList<SweepPoint>>? Checkpoint { get; init; }

    /// <summary>The least time between two checkpoints.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);
}
