namespace Attractor.Runs;

/// <summary>How the networks of subjects are compared with the truth.</summary>
public sealed record SubjectEvaluationOptions : SettingsRecord
{
    /// <summary>The one subject that is scored; null for all.</summary>
    [Setting(SubjectOrbitOptions.SubjectHelp, Default = "all")]
    public string? Subject { get; init; }

    /// <summary>Time between two rows; null for what the run says.</summary>
    [Setting("time between two rows", Unit = "time")]
    public double? Dt { get; init; }

    /// <summary>Steps for the Lyapunov exponent.</summary>
    [Setting("steps for the Lyapunov exponent", Above = 0, Unit = "steps")]
    public int LyapunovSteps { get; init; } = 20_000;
}
