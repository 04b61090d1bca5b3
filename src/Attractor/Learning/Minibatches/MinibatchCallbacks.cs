namespace Attractor.Learning;

/// <summary>Who listens to a training on minibatches. All are called on the training thread.</summary>
public sealed record MinibatchCallbacks
{
    /// <summary>Called about ten times a second; the loss is the mean over the epoch so far.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Called after every epoch.</summary>
    public Action<EpochPoint>? Epoch { get; init; }

    /// <summary>Called with states worth keeping, the last one included, and the epochs since the call before.</summary>
    public Action<TrainingState, IReadOnlyList<EpochPoint>>? Checkpoint { get; init; }
}
