namespace Attractor.Runs;

/// <summary>What is written of an evaluation of a mixture.</summary>
public sealed record MixtureEvaluationOptions : SettingsRecord
{
    /// <summary>A file for the responsibilities of the components.</summary>
    [Setting("a file to write the responsibilities of its components to, such as responsibilities.csv", IsOutput = true)]
    public string? Responsibilities { get; init; }
}
