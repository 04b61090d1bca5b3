namespace Attractor.Runs;

/// <summary>The settings of a race between models.</summary>
[SettingsGroup(SettingGroup.Learning)]
public sealed record AutoSettings : SeriesSettings
{
    /// <summary>What the race may take, about.</summary>
    [Setting("what the race may take, about, such as 90s, 5m or 1h")]
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Columns of the data that drive the system; only models that take inputs race then.</summary>
    [Setting("columns of the data that drive the system from outside, by name or by number from 1; networks alone race then",
        Default = "none", Leads = true)]
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <inheritdoc/>
    internal override IReadOnlyList<string>? InputColumns => Inputs;

    /// <inheritdoc/>
    [Setting("seed of all candidates", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data", Default = "what the data say; else rates are those of a step")]
    public double? Dt { get; init; }

    /// <inheritdoc/>
    public override double? TimeStep => Dt;

    internal override SeriesSettings WithTimeStep(double dt) => this with { Dt = dt };
}
