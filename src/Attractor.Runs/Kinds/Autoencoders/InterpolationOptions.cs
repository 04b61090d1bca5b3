namespace Attractor.Runs;

/// <summary>Between which observations, and in how many points.</summary>
public sealed record InterpolationOptions : SettingsRecord
{
    /// <summary>The row to begin at.</summary>
    [Setting("the row to begin at")]
    public int From { get; init; }

    /// <summary>The row to end at.</summary>
    [Setting("the row to end at")]
    public int To { get; init; } = 1;

    /// <summary>Points on the way, the ends among them.</summary>
    [Setting("points on the way, the ends among them", Alias = "-n", Least = 2)]
    public int Steps { get; init; } = 12;
}
