namespace Attractor.Studio.Folders;

/// <summary>What becomes of a run at the moment.</summary>
internal enum RunStatus
{
    /// <summary>A process works in it.</summary>
    Training,

    /// <summary>The process that works in it is held: it goes on where it is as soon as it is let.</summary>
    Paused,

    /// <summary>It is not finished, and nobody works in it: it can be resumed.</summary>
    Stopped,

    /// <summary>The model is there.</summary>
    Finished,

    /// <summary>Its config cannot be read.</summary>
    Damaged,
}
