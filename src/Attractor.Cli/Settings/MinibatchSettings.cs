using Attractor.Learning;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a model that is trained on minibatches by ascending a bound.</summary>
internal abstract class MinibatchSettings : RunSettings
{
    /// <summary>What any such training has besides its sizes and rates.</summary>
    protected static IEnumerable<Setting> Common(double clip, string shards) =>
    [
        new("beta", SettingKind.Number, 1.0, "weight of the divergence from the prior [1]"),
        new("warm_up_epochs", SettingKind.Number, 0.0, "epochs over which that weight rises [0]"),
        new("warm_up_start", SettingKind.Number, 0.0, "that weight at the start, as a part of beta [0]"),
        new("clip", SettingKind.Number, clip, FormattableString.Invariant($"norm the gradient is clipped to, 0 for never [{clip}]")),
        new("seed", SettingKind.Whole, 0L, "seed of the initial parameters, the order and the noise [0]"),
        new("precision", SettingKind.Word, "float32", "float32 or float64 [float32]", "float32", "float64"),
        new("shards", SettingKind.Whole, null, $"parts of a batch that threads can share; the result depends on it, not on the threads [{shards}]"),
        new("threads", SettingKind.Whole, 0L, "threads; 0 for all processors [0]"),
        new("max_divergences", SettingKind.Whole, 5L, "divergences that are undone before giving up [5]"),
    ];

    /// <summary>The options with what <see cref="Common"/> says.</summary>
    protected T WithCommon<T>(T options)
        where T : MinibatchOptions
        => (T)(options with
        {
            Epochs = Size("epochs"),
            BatchSize = Size("batch"),
            Beta = NotNegative("beta"),
            WarmUpEpochs = NotNegative("warm_up_epochs"),
            WarmUpStart = NotNegative("warm_up_start"),
            GradientClip = NotNegative("clip"),
            Seed = (ulong)Seed,
            Precision = Word("precision") == "float64" ? Precision.Float64 : Precision.Float32,
            Shards = IsSet("shards") ? Size("shards") : null,
            Threads = Size("threads", 0),
            MaxDivergences = Size("max_divergences", 0),
        });
}
