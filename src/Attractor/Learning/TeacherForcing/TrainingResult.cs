namespace Attractor.Learning;

/// <summary>The outcome of a training.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="State">The last good state.</param>
/// <param name="Losses">The training curve.</param>
/// <param name="Seconds">Wall time, in seconds, of this process's part.</param>
public sealed record TrainingResult(TrainingEnding Ending, TrainingState State, IReadOnlyList<LossPoint> Losses, double Seconds);
