namespace Attractor.Learning;

/// <summary>What a training says of itself while it runs, a few times a second.</summary>
/// <param name="Update">Updates done so far.</param>
/// <param name="Updates">Updates in all.</param>
/// <param name="Loss">Mean training loss since the last report.</param>
/// <param name="LearningRate">The rate in force.</param>
/// <param name="UpdatesPerSecond">Speed since the start or the resumption.</param>
/// <param name="Remaining">Estimated time left.</param>
/// <param name="Message">A sentence on something that happened (a divergence undone), else null.</param>
public sealed record TrainingProgress(
    long Update, long Updates, double Loss, double LearningRate, double UpdatesPerSecond, TimeSpan Remaining, string? Message = null)
{
    /// <summary>What the steps are.</summary>
    public string Unit { get; init; } = "updates";
}
