namespace Attractor.Runs;

/// <summary>Where a trial of a study stands.</summary>
public enum TrialState
{
    /// <summary>Nobody works on it: queued, or handed back.</summary>
    Waiting,

    /// <summary>A worker has it.</summary>
    Running,

    /// <summary>Trained to its end, with a finite value for every objective.</summary>
    Completed,

    /// <summary>Ended before its time, as others were better at the same step.</summary>
    Pruned,

    /// <summary>It could not be trained or scored; <see cref="StudyTrial.Failure"/> says why.</summary>
    Failed,
}
