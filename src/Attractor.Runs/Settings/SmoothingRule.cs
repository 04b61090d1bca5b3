namespace Attractor.Runs;

/// <summary>Whether measurement noise is smoothed away before a model learns.</summary>
public enum SmoothingRule
{
    /// <summary>Where it can be told from what the data are about: <see cref="Attractor.Data.NoiseReduction"/>.</summary>
    Auto,

    /// <summary>No: the model learns from the data as they are.</summary>
    No,
}
