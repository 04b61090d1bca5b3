namespace Attractor.Runs;

/// <summary>Which observations are encoded and decoded again.</summary>
public sealed record ReconstructionOptions : SettingsRecord
{
    /// <summary>How many, from the first on.</summary>
    [Setting("how many, from the first on", Alias = "-n", Above = 0)]
    public int Count { get; init; } = 64;
}
