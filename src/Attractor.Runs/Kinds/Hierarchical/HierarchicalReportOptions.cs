namespace Attractor.Runs;

/// <summary>How a report on a hierarchical model is made.</summary>
public sealed record HierarchicalReportOptions : SettingsRecord
{
    /// <summary>Time between two rows; null for what the run says.</summary>
    [Setting("time between two rows", Unit = "time")]
    public double? Dt { get; init; }
}
