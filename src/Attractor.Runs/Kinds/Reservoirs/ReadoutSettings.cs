using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>The settings of a model whose readout is fitted by ridge regression.</summary>
[SettingsGroup(SettingGroup.Learning)]
public abstract record ReadoutSettings : SmoothedSettings
{
    private static readonly ReadoutOptions s_defaults = new();

    /// <summary>lambda, on the sum of the squared errors.</summary>
    public abstract double Ridge { get; init; }

    /// <summary>How lambda is chosen.</summary>
    [Setting("lambda: fixed, or the best of 1e-10 .. 1e4 by gcv or on a validation part")]
    public RidgeRule Select { get; init; } = RidgeRule.Fixed;

    /// <summary>The part of each series, at its end, that lambda is chosen on.</summary>
    [Setting("validation part, at the end of each series")]
    public double HeldOut { get; init; } = s_defaults.HeldOut;

    /// <inheritdoc/>
    [Setting(SmoothHelp, Before = "no", Group = SettingGroup.Data)]
    public override SmoothingRule Smooth { get; init; } = SmoothingRule.No;

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data", Default = "what the data say; else rates are those of a step", Group = SettingGroup.Data)]
    public double? Dt { get; init; }

    /// <summary>Whether the rows stay on disk.</summary>
    [Setting(StreamedRows.Help, Group = SettingGroup.Advanced)]
    public bool Stream { get; init; }

    /// <inheritdoc/>
    public override double? TimeStep => Dt;

    internal override SeriesSettings WithTimeStep(double dt) => this with { Dt = dt };

    /// <summary>The regression; the rest is at its defaults.</summary>
    protected ReadoutOptions ToRegression() => new()
    {
        Ridge = Ridge,
        Selection = Select switch
        {
            RidgeRule.Gcv => RidgeSelection.GeneralizedCrossValidation,
            RidgeRule.Validation => RidgeSelection.Validation,
            _ => RidgeSelection.Fixed,
        },
        HeldOut = HeldOut,
    };
}
