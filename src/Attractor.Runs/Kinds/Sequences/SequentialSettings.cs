using Attractor.Learning;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Runs;

/// <summary>The settings of a sequential variational autoencoder.</summary>
[InheritedSettings(nameof(LearningRateEnd), nameof(Beta), nameof(WarmUpEpochs), nameof(WarmUpStart))]
[InheritedSettings(nameof(Clip), nameof(Seed), nameof(Precision))]
[InheritedSettings(nameof(Shards), nameof(Threads), nameof(MaxDivergences))]
[SettingsGroup(SettingGroup.Model)]
public sealed record SequentialSettings : MinibatchSettings
{
    /// <summary>Sequences to evaluate on after every epoch.</summary>
    [Setting("sequences to evaluate on after every epoch", Default = "of piano rolls their validation part", Group = SettingGroup.Data)]
    public string? Validation { get; init; }

    /// <summary>Latent variables at each step.</summary>
    [Setting("latent variables at each step", Least = 1)]
    public int Latent { get; init; } = 16;

    /// <summary>The prior p(z_t | z_t-1).</summary>
    [Setting("prior p(z_t | z_t-1): standard-normal (none), linear, plrnn, shplrnn, clipped-shplrnn or gated")]
    public TransitionKind Transition { get; init; } = TransitionKind.StandardNormal;

    /// <summary>Hidden units of the transition.</summary>
    [Setting("hidden units of a shplrnn or gated transition", Least = 1)]
    public int TransitionHidden { get; init; } = 64;

    /// <summary>The posterior.</summary>
    [Setting("filtering q(z_t | x_1:t), smoothing q(z_t | z_t-1, x_t:T), or correcting: the same about the transition's prediction")]
    public SequentialInference Posterior { get; init; } = SequentialInference.Filtering;

    /// <summary>The cell that reads the data.</summary>
    [Setting("cell that reads the data: gru, plrnn, shplrnn or clipped-shplrnn")]
    public EncoderCell Encoder { get; init; } = EncoderCell.Gru;

    /// <summary>Its units.</summary>
    [Setting("its units", Least = 1)]
    public int EncoderUnits { get; init; } = 64;

    /// <summary>Hidden units of a shallow PLRNN that encodes.</summary>
    [Setting("hidden units of a shplrnn encoder", Least = 1)]
    public int EncoderHidden { get; init; } = 128;

    /// <summary>Hidden layers of the decoder.</summary>
    [Setting("hidden layers of the decoder, such as 64,64; none for an affine one")]
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>Their nonlinearity.</summary>
    [Setting("relu, leaky-relu (slope 0.2), tanh, sigmoid or softplus")]
    public LayerActivation Activation { get; init; } = LayerActivation.Relu;

    /// <summary>The decoder's distribution; null for Gaussian, of piano rolls Bernoulli.</summary>
    [Setting("the decoder's distribution", Default = "gaussian; of piano rolls bernoulli")]
    public ObservationModel? Observation { get; init; }

    /// <summary>Steps of the windows that long sequences are cut into; null for whole sequences.</summary>
    [Setting(
        "steps of the windows that long sequences are cut into, anew at every epoch",
        Default = "whole sequences",
        Least = 1,
        Unit = "steps", Group = SettingGroup.Learning)]
    public int? Window { get; init; }

    /// <inheritdoc/>
    [Setting("sequences of an update", Least = 1, Group = SettingGroup.Learning)]
    public override int Batch { get; init; } = 20;

    /// <inheritdoc/>
    [Setting("passes over the data", Least = 1, Unit = "epochs", Group = SettingGroup.Learning, IsLength = true)]
    public override int Epochs { get; init; } = 100;

    /// <summary>The learning rate at the start.</summary>
    [Setting("learning rate at the start", Key = "lr", Above = 0, IsScale = true, Group = SettingGroup.Learning)]
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>The learning rate at the end of an exponential decay.</summary>
    [Setting("learning rate at the end of an exponential decay", Key = "lr_end", Above = 0, IsScale = true, Group = SettingGroup.Learning)]
    public double LearningRateEnd { get; init; } = 1e-3;

    /// <inheritdoc/>
    [Setting("norm the gradient is clipped to, 0 for never", Least = 0, Group = SettingGroup.Learning)]
    public override double Clip { get; init; } = 10;

    /// <inheritdoc/>
    [Setting(
        "parts of a batch that threads can share; the result depends on it, not on the threads",
        Default = "1; 2 from 16 sequences on",
        Least = 1, Group = SettingGroup.Advanced)]
    public override int? Shards { get; init; }

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data", Default = "what the data say; else rates are those of a step", Group = SettingGroup.Data)]
    public double? Dt { get; init; }

    /// <inheritdoc/>
    public override double? TimeStep => Dt;

    internal override SeriesSettings WithTimeStep(double dt) => this with { Dt = dt };

    /// <summary>Whether the data are piano rolls.</summary>
    public bool IsMusic => Path.GetExtension(Data).Equals(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the variables have units: real ones.</summary>
    internal bool HasUnits => (Observation ?? ObservationModel.Gaussian).Support is Domain.Real;

    /// <inheritdoc/>
    public override FormattableString? WhyUnused(string property) => property switch
    {
        nameof(Standardize) when IsMusic => $"{property:setting} is for numbers: notes have no units",
        _ => null,
    };

    /// <summary>The same with every value that depends on the data, files by their full paths.</summary>
    /// <exception cref="SettingException">Two values do not go together.</exception>
    public SequentialSettings Resolve()
    {
        if (Posterior == SequentialInference.Correcting && Transition == TransitionKind.StandardNormal)
        {
            throw new SettingException(SettingSentence.Join(
                $"{nameof(Posterior):setting} correcting corrects what a transition predicts: ",
                $"name one, such as {nameof(Transition):setting} shplrnn"));
        }
        return this with
        {
            Observation = Observation ?? (IsMusic ? ObservationModel.Bernoulli : ObservationModel.Gaussian),
            Validation = Validation is null ? null : Path.GetFullPath(Validation),
        };
    }

    /// <summary>A model with initial parameters, of resolved settings.</summary>
    public SequentialVariationalAutoencoder CreateModel(int observed) => new(Structure(observed));

    /// <summary>Refuses sizes that take more memory than there is, of resolved settings.</summary>
    /// <param name="observed">D.</param>
    /// <param name="sequences">How many sequences or windows there are.</param>
    /// <param name="steps">The steps of the longest.</param>
    /// <exception cref="SettingException">They do; the message says what fits.</exception>
    internal void RequireMemory(int observed, long sequences, long steps)
    {
        SequentialAutoencoderOptions whole = Structure(observed), least = whole with
        {
            Latent = 1,
            EncoderUnits = 1,
            EncoderHidden = 1,
            TransitionHidden = 1,
            DecoderLayers = [],
        };
        MemoryNeed.Require(
            w => Bytes(least with { DecoderLayers = [.. Layers.Select(l => (int)Math.Min(l, w))] }, 1),
            Layers.DefaultIfEmpty().Max(),
            $"{nameof(Layers):setting}");
        least = least with { DecoderLayers = Layers };
        MemoryNeed.Require(m => Bytes(least with { Latent = (int)m }, 1), Latent, $"{nameof(Latent):setting}");
        least = least with { Latent = Latent };
        MemoryNeed.Require(u => Bytes(least with { EncoderUnits = (int)u }, 1), EncoderUnits, $"{nameof(EncoderUnits):setting}");
        least = least with { EncoderUnits = EncoderUnits };
        MemoryNeed.Require(h => Bytes(least with { EncoderHidden = (int)h }, 1), EncoderHidden, $"{nameof(EncoderHidden):setting}");
        least = least with { EncoderHidden = EncoderHidden };
        MemoryNeed.Require(
            h => Bytes(least with { TransitionHidden = (int)h }, 1), TransitionHidden, $"{nameof(TransitionHidden):setting}");
        RequireShards(Count(whole));
        MemoryNeed.Require(b => Bytes(whole, Math.Min(b, sequences)), Batch, $"{nameof(Batch):setting}");

        // Of each unit and step what its gates or its nonlinearity keep, and the gradients.
        double Bytes(SequentialAutoencoderOptions model, long batch)
            => OfParameters(Count(model))
                + OfTape(
                    batch * (double)steps,
                    (8.0 * model.EncoderUnits) + HiddenOf(model) + (24.0 * model.Latent)
                        + (4.0 * model.DecoderLayers.Sum(l => (long)l)) + (8.0 * observed));

        static double HiddenOf(SequentialAutoencoderOptions model)
            => (model.Encoder is EncoderCell.ShallowPlrnn or EncoderCell.ClippedShallowPlrnn ? 4.0 * model.EncoderHidden : 0)
                + (model.Transition is TransitionKind.StandardNormal or TransitionKind.Linear ? 0 : 4.0 * model.TransitionHidden);

        static double Count(SequentialAutoencoderOptions model)
        {
            try
            {
                return SequentialVariationalAutoencoder.CountParameters(model);
            }
            catch (ArgumentException)
            {
                return double.PositiveInfinity;
            }
        }
    }

    private SequentialAutoencoderOptions Structure(int observed) => new()
    {
        Observed = observed,
        Latent = Latent,
        Transition = Transition,
        TransitionHidden = TransitionHidden,
        Inference = Posterior,
        Encoder = Encoder,
        EncoderUnits = EncoderUnits,
        EncoderHidden = EncoderHidden,
        DecoderLayers = Layers,
        Activation = Activation,
        Observation = Observation!,
        Seed = (ulong)Seed,
    };

    /// <summary>How it is learnt.</summary>
    public SequentialAutoencoderTrainingOptions ToOptions() => WithCommon(new SequentialAutoencoderTrainingOptions()
    {
        LearningRate = LearningRateSchedule.Exponential(LearningRate, LearningRateEnd),
        WindowLength = Window,
    });
}
