namespace Attractor.Runs;

/// <summary>How somebody works on a study.</summary>
public sealed record StudyWork
{
    /// <summary>The most trials that are ended; null for all.</summary>
    public long? Most { get; init; }

    /// <summary>Whether the trials of other workers are waited for, as one of them may be lost.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>Who works; null for the machine, the process and a number.</summary>
    public string? Worker { get; init; }

    /// <summary>Told of each trial that ends, and of what goes wrong.</summary>
    public IProgress<string>? Messages { get; init; }
}
