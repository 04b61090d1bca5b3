namespace Attractor.Studio.Work;

/// <summary>How far a command came.</summary>
internal enum JobState
{
    /// <summary>Others are before it.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>Somebody ended it.</summary>
    Cancelled,
}
