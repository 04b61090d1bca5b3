using Attractor.Learning.Readouts;
using Attractor.Learning.Ridge;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a ridge regression, which several models share.</summary>
internal static class ReadoutSettings
{
    public static IEnumerable<Setting> Ridge(double ridge) =>
    [
        new("ridge", SettingKind.Number, ridge, FormattableString.Invariant($"lambda, on the sum of the squared errors [{ridge}]")),
        new("select", SettingKind.Word, "fixed", "lambda: fixed, or the best of 1e-10 .. 1e4 by gcv or on a validation part [fixed]", "fixed", "gcv", "validation"),
        new("held_out", SettingKind.Number, 0.2, "validation part, at the end of each series [0.2]"),
    ];

    public static ReadoutOptions ToOptions(double ridge, string selection, double heldOut) => new()
    {
        Ridge = ridge,
        Selection = selection switch
        {
            "gcv" => RidgeSelection.GeneralizedCrossValidation,
            "validation" => RidgeSelection.Validation,
            _ => RidgeSelection.Fixed,
        },
        HeldOut = heldOut,
    };
}
