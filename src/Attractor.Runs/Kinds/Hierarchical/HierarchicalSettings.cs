using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of a hierarchical model over subjects and of its training.</summary>
[SettingsGroup(SettingGroup.Learning)]
public sealed record HierarchicalSettings : StandardizedSettings
{
    private const int MostUnits = 1_000_000, MostFitted = 1000;

    private static readonly HierarchicalTrainingOptions s_defaults = new();

    /// <summary>A run whose shared weights stay as they are.</summary>
    [Setting("a run of this kind: only the features of the subjects of the data are learnt, what subjects share is that of the run",
        Default = "both are learnt", Leads = true)]
    public string? From { get; init; }

    /// <summary>M; null for the number of observed variables.</summary>
    [Setting("M, latent units", Least = 1, Most = MostUnits, Default = "the number of observed variables", Group = SettingGroup.Model)]
    public int? Latent { get; init; }

    /// <summary>L.</summary>
    [Setting("L, hidden units", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Hidden { get; init; } = 100;

    /// <summary>d.</summary>
    [Setting("d, features of a subject", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Features { get; init; } = 3;

    /// <summary>What the networks begin with.</summary>
    [Setting("what the networks begin with: random, the published draws, or data: one network that is fitted to all subjects",
        Default = "data, of networks with up to 1000 hidden units", Group = SettingGroup.Model)]
    public StartingParameters? Start { get; init; }

    /// <summary>Whether the covariances of the subjects are learnt.</summary>
    [Setting("whether the loss is a Gaussian likelihood with a learnt diagonal covariance of each subject, not the squared error: yes "
        + "or no")]
    public bool Covariance { get; init; }

    /// <summary>The strength of forcing at the start.</summary>
    [Setting("strength of generalised forcing at the start, 0 to 1", Least = 0, Most = 1)]
    public double Alpha { get; init; } = s_defaults.Alpha;

    /// <summary>The strength of forcing at the end.</summary>
    [Setting("that strength at the end: it falls by the same factor at every update", Least = 0, Most = 1)]
    public double AlphaEnd { get; init; } = s_defaults.AlphaEnd;

    /// <summary>T.</summary>
    [Setting("T, predicted steps of a window", Unit = "steps", Least = 1)]
    public int Sequence { get; init; } = s_defaults.SequenceLength;

    /// <summary>Windows of each subject of an update.</summary>
    [Setting("windows of each subject of an update", Least = 1)]
    public int Batch { get; init; } = s_defaults.BatchSize;

    /// <summary>Subjects of an update.</summary>
    [Setting("subjects of an update, at most", Least = 1)]
    public int BatchSubjects { get; init; } = s_defaults.BatchSubjects;

    /// <summary>Gradient steps in all.</summary>
    [Setting("gradient steps in all", Unit = "updates", Above = 0, IsLength = true)]
    public long Updates { get; init; } = s_defaults.Updates;

    /// <summary>The learning rate of what is shared, at the start.</summary>
    [Setting("learning rate of what subjects share, at the start", Key = "lr", Above = 0, IsScale = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate of what is shared, at the end.</summary>
    [Setting("that rate at the end of an exponential schedule", Key = "lr_end", Above = 0, IsScale = true)]
    public double LearningRateEnd { get; init; } = 1e-5;

    /// <summary>The learning rate of the features at the start.</summary>
    [Setting("learning rate of features and covariances, at the start", Key = "feature_lr", Above = 0, IsScale = true)]
    public double FeatureLearningRate { get; init; } = 1e-2;

    /// <summary>The learning rate of the features at the end.</summary>
    [Setting("that rate at the end of an exponential schedule", Key = "feature_lr_end", Above = 0, IsScale = true)]
    public double FeatureLearningRateEnd { get; init; } = 1e-4;

    /// <summary>The norm that the gradient is clipped to.</summary>
    [Setting("norm the gradient is clipped to, 0 for never")]
    public double Clip { get; init; } = s_defaults.GradientClip;

    /// <inheritdoc/>
    [Setting("seed of the initial parameters, the order of the subjects and the windows", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>What the training computes in.</summary>
    [Setting("float32 or float64", Group = SettingGroup.Advanced)]
    public Precision Precision { get; init; } = s_defaults.Precision;

    /// <summary>What becomes of missing values.</summary>
    [Setting("missing values: reject, skip the windows that hold any, or model: the network's own predictions take their place",
        Group = SettingGroup.Data)]
    public MissingValues Missing { get; init; } = s_defaults.Missing;

    /// <summary>Divergences that are undone before giving up.</summary>
    [Setting("divergences that are undone before giving up", Least = 0, Group = SettingGroup.Advanced)]
    public int MaxDivergences { get; init; } = s_defaults.MaxDivergences;

    /// <summary>Updates between two checkpoints.</summary>
    [Setting("updates between two checkpoints", Unit = "updates", Least = 0, Group = SettingGroup.Advanced)]
    public long CheckpointEvery { get; init; } = s_defaults.CheckpointInterval;

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data", Default = "what the data say; else rates are those of a step", Group = SettingGroup.Data)]
    public double? Dt { get; init; }

    /// <inheritdoc/>
    public override double? TimeStep => Dt;

    internal override SeriesSettings WithTimeStep(double dt) => this with { Dt = dt };

    /// <inheritdoc/>
    public override FormattableString? WhyUnused(string property)
    {
        bool isShared = property is nameof(Latent) or nameof(Hidden) or nameof(Features) or nameof(Start) or nameof(LearningRate)
            or nameof(LearningRateEnd) or nameof(Standardize);
        FormattableString why = $"what subjects share is that of the run which {nameof(From):setting} names: leave the rest of it out";
        return From is not null && isShared ? why : null;
    }

    /// <summary>The same with every value that depends on the data.</summary>
    /// <exception cref="SettingException">A value does not fit the data.</exception>
    internal HierarchicalSettings Resolve(int observed)
    {
        int latent = Latent ?? observed;
        if (latent < observed)
            throw new SettingException(
                $"{nameof(Latent):setting} is {latent}: the data have {observed} variables, each needs a unit of its own");
        return this with
        {
            Latent = latent,
            Start = Start ?? (Hidden <= MostFitted ? StartingParameters.Data : StartingParameters.Random),
        };
    }

    /// <summary>The settings that say what a run shares.</summary>
    internal HierarchicalSettings SharedWith(HierarchicalShallowPlrnn model) => this with
    {
        From = Path.GetFullPath(From!),
        Latent = model.Latent,
        Hidden = model.Hidden,
        Features = model.Features,
        Standardize = DataUnits.Rule(model.Standardization),
    };

    /// <summary>Refuses what does not fit into the memory.</summary>
    /// <exception cref="SettingException">It does not; the message says what fits.</exception>
    internal void RequireMemory(int observed, int subjects)
    {
        // Parameters, gradients, moments, and what is kept to be gone back to; windows and states of all subjects.
        const int Copies = 10;
        double most = Math.Min(BatchSubjects, subjects);
        double Network(double latent, double hidden) => (2 * latent) + hidden + (2 * latent * hidden) + (latent * observed);
        MemoryNeed.Require(
            d => Copies * MemoryNeed.OfArray((d * Network(Latent ?? observed, Hidden)) + (subjects * (d + observed))),
            Features,
            $"{nameof(Features):setting}");
        MemoryNeed.Require(
            h => Copies * MemoryNeed.OfArray((Features + most) * Network(Latent ?? observed, h)), Hidden, $"{nameof(Hidden):setting}");
        MemoryNeed.Require(
            b => MemoryNeed.OfArray(2 * subjects * (Math.Max(b, 16) * (Sequence + 1.0) * observed)), Batch, $"{nameof(Batch):setting}");
    }

    /// <summary>How it is learnt.</summary>
    internal HierarchicalTrainingOptions ToOptions() => new()
    {
        Alpha = Alpha,
        AlphaEnd = AlphaEnd,
        SequenceLength = Sequence,
        BatchSize = Batch,
        BatchSubjects = BatchSubjects,
        Updates = Updates,
        LearningRate = LearningRateSchedule.Exponential(LearningRate, LearningRateEnd),
        FeatureLearningRate = LearningRateSchedule.Exponential(FeatureLearningRate, FeatureLearningRateEnd),
        LearnCovariance = Covariance,
        LearnShared = From is null,
        GradientClip = Clip,
        Seed = (ulong)Seed,
        Precision = Precision,
        Missing = Missing,
        MaxDivergences = MaxDivergences,
        CheckpointInterval = CheckpointEvery,
    };
}
