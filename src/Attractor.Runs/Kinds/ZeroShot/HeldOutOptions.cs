namespace Attractor.Runs;

/// <summary>How a zero-shot model is tested on systems that it has not learnt from.</summary>
public sealed record HeldOutOptions : SettingsRecord
{
    /// <summary>The systems; null for those that its run held out.</summary>
    [Setting("systems to forecast, names with commas", Default = "those that the run held out")]
    public string? Systems { get; init; }

    /// <summary>Rows of a context.</summary>
    [Setting("rows of a context", Unit = "rows", Least = 100, Most = 1_000_000)]
    public int Context { get; init; } = 2000;

    /// <summary>Rows of a forecast.</summary>
    [Setting("rows of a forecast, and of the truth behind the context", Unit = "rows", Least = 100, Most = 10_000_000)]
    public int Steps { get; init; } = 10_000;

    /// <summary>Rows of a period.</summary>
    [Setting("rows of a period", Above = 0, Most = 1e6)]
    public double Period { get; init; } = 50;

    /// <summary>Noise on the contexts.</summary>
    [Setting("noise on the contexts, in standard deviations", Least = 0, Most = 10)]
    public double Noise { get; init; }

    /// <summary>What the noise of the model is multiplied by.</summary>
    [Setting("what the model's own noise is multiplied by; 0 for the deterministic map", Least = 0, Most = 1000)]
    public double QueryNoise { get; init; } = 1;

    /// <summary>The seed of recordings and noise.</summary>
    [Setting("seed of the recordings and of all noise", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; } = 1;
}
