namespace Attractor.Studio.Folders;

/// <summary>A run as the list shows it.</summary>
/// <param name="Id">What names it: its path in the folder, with slashes.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Model">The kind of model; empty if it is not known.</param>
/// <param name="Data">The file of data, as the config names it.</param>
internal sealed record RunEntry(string Id, string Path, RunStatus Status, string Model, string Data)
{
    /// <summary>The process of this machine that works in it.</summary>
    public int? Process { get; init; }

    /// <summary>Updates done.</summary>
    public long? Update { get; init; }

    /// <summary>Updates in all.</summary>
    public long? Updates { get; init; }

    /// <summary>The last loss; of a mixture the last bound.</summary>
    public double? Loss { get; init; }

    /// <summary>What that number is.</summary>
    public string LossName { get; init; } = "loss";

    /// <summary>Parameters of the model.</summary>
    public long? Parameters { get; init; }

    /// <summary>When it was begun, and when something last changed.</summary>
    public DateTime Began { get; init; }

    /// <inheritdoc cref="Began"/>
    public DateTime Changed { get; init; }

    /// <summary>The verdict of its scoring, if it was scored.</summary>
    public string? Verdict { get; init; }

    /// <summary>Its scores, each beside its floor.</summary>
    public IReadOnlyList<ScoreValue> Scores { get; init; } = [];

    /// <summary>What people say of it.</summary>
    public RunNote Note { get; init; } = RunNote.None;

    /// <summary>What is wrong with it.</summary>
    public string? Fault { get; init; }

    /// <summary>The score of a key; null if there is none.</summary>
    public ScoreValue? Score(string key) => Scores.FirstOrDefault(s => s.Key == key);
}
