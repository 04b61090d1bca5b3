namespace Attractor.Runs;

/// <summary>How a report on a model that goes on by itself is made.</summary>
public sealed record OrbitReportOptions : SettingsRecord
{
    /// <summary>Time between two rows; null for what the run says.</summary>
    [Setting("time between two rows", Unit = "time")]
    public double? Dt { get; init; }
}
