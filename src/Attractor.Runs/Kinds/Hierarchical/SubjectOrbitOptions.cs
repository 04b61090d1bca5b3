namespace Attractor.Runs;

/// <summary>How the network of a subject runs freely.</summary>
public sealed record SubjectOrbitOptions : SettingsRecord
{
    internal const string SubjectHelp = "the subject whose network is meant";

    /// <summary>The subject.</summary>
    [Setting(SubjectHelp, Default = "the only one")]
    public string? Subject { get; init; }

    /// <summary>Rows to generate.</summary>
    [Setting("rows to generate", Alias = "-n", Above = 0, Unit = "rows")]
    public int Steps { get; init; } = 10_000;

    /// <summary>The series to start from; null for the run's training data.</summary>
    [Setting("the series to start from", Default = "the run's training data; for a bare file the origin")]
    public string? From { get; init; }

    /// <summary>The row of it to start from.</summary>
    [Setting("the row of it to start from", Unit = "rows")]
    public int Start { get; init; }
}
