namespace Attractor.Runs;

/// <summary>How the free run of a model is compared with the truth.</summary>
public sealed record OrbitEvaluationOptions : VerdictOptions
{
    /// <summary>An independent recording of the same system; null for the two halves of the truth.</summary>
    [Setting("an independent recording of the same system, for the floors", Default = "the two halves of the truth")]
    public string? Reference { get; init; }

    /// <summary>Time between two rows; null for what the run says.</summary>
    [Setting("time between two rows", Unit = "time")]
    public double? Dt { get; init; }

    /// <summary>Steps for the Lyapunov exponent.</summary>
    [Setting("steps for the Lyapunov exponent", Above = 0, Unit = "steps")]
    public int LyapunovSteps { get; init; } = 100_000;
}
