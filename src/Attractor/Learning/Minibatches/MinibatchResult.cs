namespace Attractor.Learning;

/// <summary>The outcome of a training on minibatches.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="State">The last good state, at the end of an epoch.</param>
/// <param name="Epochs">The epochs of this process's part.</param>
/// <param name="Seconds">Wall time of this process's part.</param>
public sealed record MinibatchResult(TrainingEnding Ending, TrainingState State, IReadOnlyList<EpochPoint> Epochs, double Seconds);
