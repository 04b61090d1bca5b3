using Attractor.Learning;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a model whose readout is fitted by ridge regression.</summary>
internal abstract class ReadoutSettings : RunSettings
{
    /// <summary>The settings of the regression, with the ridge that is the model's default.</summary>
    protected static IEnumerable<Setting> Regression(double ridge) =>
    [
        new("ridge", SettingKind.Number, ridge, FormattableString.Invariant($"lambda, on the sum of the squared errors [{ridge}]")),
        new("select", SettingKind.Word, "fixed", "lambda: fixed, or the best of 1e-10 .. 1e4 by gcv or on a validation part [fixed]", "fixed", "gcv", "validation"),
        new("held_out", SettingKind.Number, 0.2, "validation part, at the end of each series [0.2]"),
    ];

    /// <summary>What <see cref="Regression"/> says; the rest is at its defaults.</summary>
    protected ReadoutOptions ToRegression() => new()
    {
        Ridge = Number("ridge"),
        Selection = Word("select") switch
        {
            "gcv" => RidgeSelection.GeneralizedCrossValidation,
            "validation" => RidgeSelection.Validation,
            _ => RidgeSelection.Fixed,
        },
        HeldOut = Number("held_out"),
    };
}
