using System.Globalization;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a next-generation reservoir: a nonlinear vector autoregression.</summary>
internal sealed class VectorAutoregressionSettings : ReadoutSettings
{
    /// <summary>In the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("delays", SettingKind.Whole, 2L, "k, rows that a prediction looks at [2]"),
        new("stride", SettingKind.Whole, 1L, "s, rows between two of them [1]"),
        new("orders", SettingKind.Word, "2", "orders of the monomials besides the linear ones, such as 2 or 2,3; 1 for none [2]"),
        new("constant", SettingKind.Word, "yes", "whether there is a constant among the features: yes or no [yes]", "yes", "no"),
        .. Regression(2.5e-6),
        new("noise", SettingKind.Number, 1e-4, "Gaussian noise on the training rows, in standard deviations: steadies the closed loop on data without any [0.0001]"),
        new("seed", SettingKind.Whole, 0L, "seed of the noise [0]"),
        new("dt", SettingKind.Number, 1.0, "time between two rows of the data [1]"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    public NonlinearVectorAutoregression CreateModel(int observed)
        => new(observed, Size("delays"), Size("stride"), Orders(), Word("constant") == "yes");

    public ReadoutOptions ToReadoutOptions() => ToRegression() with { Washout = 0 };

    /// <summary>The training data with the noise that steadies the closed loop.</summary>
    public IReadOnlyList<TimeSeries> WithNoise(IReadOnlyList<TimeSeries> trials)
    {
        double noise = Number("noise");
        if (!(noise >= 0))
            throw new ArgumentException(FormattableString.Invariant($"--noise must be at least 0, not {noise}"));
        return noise == 0 ? trials : [.. trials.Select((trial, i) => trial.WithNoise(noise, (ulong)Seed + (ulong)i))];
    }

    private int[] Orders()
    {
        List<int> orders = [];
        foreach (string word in Word("orders").Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int order) || order < 1)
                throw new ArgumentException($"--orders takes whole numbers of at least 1, such as 2 or 2,3, not {Word("orders")}");
            if (order > 1)
                orders.Add(order);
        }
        return [.. orders.Distinct().Order()];
    }
}
