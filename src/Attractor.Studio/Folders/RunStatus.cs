namespace Attractor.Studio.Folders;

/// <summary>What becomes of a run at the moment.</summary>
internal enum RunStatus
{
    /// <summary>A process works in it.</summary>
    Training,

    /// <summary>It is not finished, and nobody works in it: it can be resumed.</summary>
    Stopped,

    /// <summary>The model is there.</summary>
    Finished,

    /// <summary>Its config cannot be read.</summary>
    Damaged,
}
