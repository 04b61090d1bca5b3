namespace Attractor.Runs;

/// <summary>How samples are drawn from a variational autoencoder.</summary>
public sealed record AutoencoderDraw : SettingsRecord
{
    /// <summary>Samples to draw.</summary>
    [Setting("samples to draw", Above = 0)]
    public int Count { get; init; } = 64;

    /// <summary>The seed.</summary>
    [Setting("the seed", Least = 0, Demand = "not be negative")]
    public long Seed { get; init; }

    /// <summary>Whether x is drawn too, instead of its mean.</summary>
    [Setting("draw x from p(x | z) too, instead of its mean", IsFlag = true)]
    public bool Draw { get; init; }
}
