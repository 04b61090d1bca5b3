namespace Attractor.Runs;

/// <summary>The settings of a race between models.</summary>
public sealed record AutoSettings : ModelSettings
{
    /// <summary>What the race may take, about.</summary>
    [Setting("what the race may take, about, such as 90s, 5m or 1h")]
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    [Setting("seed of all candidates", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data")]
    public double Dt { get; init; } = 1;

    /// <inheritdoc/>
    public override double? TimeStep => Dt;
}
