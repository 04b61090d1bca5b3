namespace Attractor.Runs;

/// <summary>What a setting is about: help lists settings by it, in this order.</summary>
public enum SettingGroup
{
    /// <summary>What the command itself is for.</summary>
    General,

    /// <summary>What of the data is taken, and how it is prepared.</summary>
    Data,

    /// <summary>What the model is built of.</summary>
    Model,

    /// <summary>How it is learnt.</summary>
    Learning,

    /// <summary>What is written, and how much of it is said.</summary>
    Output,

    /// <summary>What hardly anybody changes.</summary>
    Advanced,
}
