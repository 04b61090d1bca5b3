namespace Attractor.Learning;

/// <summary>How a training ended.</summary>
public enum TrainingEnding
{
    /// <summary>All updates were done.</summary>
    Completed,

    /// <summary>Cancelled; the state goes on from where it stopped.</summary>
    Cancelled,

    /// <summary>Too many non-finite losses or parameters: the last good state is kept.</summary>
    Diverged,
}

/// <summary>One point of the training curve: the mean loss over the updates since the point before.</summary>
public readonly record struct LossPoint(long Update, double Loss, double LearningRate, double Seconds);

/// <summary>The outcome of a training.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="State">The last good state.</param>
/// <param name="Losses">The training curve.</param>
/// <param name="Seconds">Wall time, in seconds, of this process's part.</param>
public sealed record TrainingResult(TrainingEnding Ending, TrainingState State, IReadOnlyList<LossPoint> Losses, double Seconds);
