using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of a sequential variational autoencoder.</summary>
internal sealed class SequentialSettings : MinibatchSettings
{
    /// <summary>In the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("validation", SettingKind.Word, null, "sequences to evaluate on after every epoch [of piano rolls their validation part]"),
        new("latent", SettingKind.Whole, 16L, "latent variables at each step [16]"),
        new("transition", SettingKind.Word, "standard-normal", "prior p(z_t | z_t-1): standard-normal (none), linear, plrnn, shplrnn, clipped-shplrnn or gated [standard-normal]", KebabCase.All<TransitionKind>()),
        new("transition_hidden", SettingKind.Whole, 64L, "hidden units of a shplrnn or gated transition [64]"),
        new("posterior", SettingKind.Word, "filtering", "filtering q(z_t | x_1:t), smoothing q(z_t | z_t-1, x_t:T), or correcting: the same about the transition's prediction [filtering]", KebabCase.All<SequentialInference>()),
        new("encoder", SettingKind.Word, "gru", "cell that reads the data: gru, plrnn, shplrnn or clipped-shplrnn [gru]", KebabCase.All<EncoderCell>()),
        new("encoder_units", SettingKind.Whole, 64L, "its units [64]"),
        new("encoder_hidden", SettingKind.Whole, 128L, "hidden units of a shplrnn encoder [128]"),
        new("layers", SettingKind.Word, "none", "hidden layers of the decoder, such as 64,64; none for an affine one [none]"),
        new("activation", SettingKind.Word, "relu", "relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus [relu]", KebabCase.All<LayerActivation>()),
        new("observation", SettingKind.Word, null, "the decoder's distribution: bernoulli, gaussian, isotropic-gaussian or poisson [gaussian; of piano rolls bernoulli]", KebabCase.All<Observation>()),
        new("window", SettingKind.Whole, null, "steps of the windows that long sequences are cut into, anew at every epoch [whole sequences]"),
        new("batch", SettingKind.Whole, 20L, "sequences of an update [20]"),
        new("epochs", SettingKind.Whole, 100L, "passes over the data [100]"),
        new("lr", SettingKind.Number, 1e-2, "learning rate at the start [0.01]"),
        new("lr_end", SettingKind.Number, 1e-3, "learning rate at the end of an exponential decay [0.001]"),
        .. Common(clip: 10, shards: "1; 2 from 16 sequences on"),
        new("dt", SettingKind.Number, 1.0, "time between two rows of the data [1]"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    /// <summary>Whether the data are piano rolls.</summary>
    public bool IsMusic => Path.GetExtension(Data).Equals(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file of the validation sequences, if one is named.</summary>
    public string? Validation => Value("validation") as string;

    public SequentialVariationalAutoencoder CreateModel(int observed)
    {
        if (!IsSet("observation"))
            Set("observation", IsMusic ? "bernoulli" : "gaussian");
        if (Validation is { } path)
            Set("validation", Path.GetFullPath(path));
        if (Choice<SequentialInference>("posterior") == SequentialInference.Correcting && Choice<TransitionKind>("transition") == TransitionKind.StandardNormal)
            throw new ArgumentException("--posterior correcting corrects what a transition predicts: name one, such as --transition shplrnn");
        return new(new()
        {
            Observed = observed,
            Latent = Size("latent"),
            Transition = Choice<TransitionKind>("transition"),
            TransitionHidden = Size("transition_hidden"),
            Inference = Choice<SequentialInference>("posterior"),
            Encoder = Choice<EncoderCell>("encoder"),
            EncoderUnits = Size("encoder_units"),
            EncoderHidden = Size("encoder_hidden"),
            DecoderLayers = Sizes("layers"),
            Activation = Choice<LayerActivation>("activation"),
            Observation = Choice<Observation>("observation"),
            Seed = (ulong)Seed,
        });
    }

    public SequentialAutoencoderTrainingOptions ToOptions() => WithCommon(new SequentialAutoencoderTrainingOptions()
    {
        LearningRate = LearningRateSchedule.Exponential(Positive("lr"), Positive("lr_end")),
        WindowLength = IsSet("window") ? Size("window") : null,
    });
}
