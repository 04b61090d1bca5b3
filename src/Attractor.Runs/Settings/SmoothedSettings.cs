namespace Attractor.Runs;

/// <summary>The settings of a deterministic model of a series, which learns from data that measurement noise may be taken from.</summary>
public abstract record SmoothedSettings : StandardizedSettings
{
    internal const string SmoothHelp =
        "measurement noise: auto, smoothed away before learning where it can be told from the dynamics, or no, learnt from as it is";

    /// <summary>Whether noise is smoothed away.</summary>
    public abstract SmoothingRule Smooth { get; init; }
}
