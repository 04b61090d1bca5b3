using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of a zero-shot model and of its training.</summary>
[SettingsGroup(SettingGroup.Learning)]
public sealed record ZeroShotSettings : ModelSettings
{
    /// <summary>What stands for the recordings that the program simulates, where a file would be named.</summary>
    public const string Catalogue = "catalogue";

    private const int MostUnits = 1000;

    private static readonly ZeroShotTrainingOptions s_defaults = new();

    /// <summary>The systems.</summary>
    [Setting("the systems whose recordings it learns from: chaotic, the dissipative chaotic flows of the catalogue, or names with commas",
        Group = SettingGroup.Data)]
    public string Systems { get; init; } = ZeroShotSystems.Chaotic;

    /// <summary>Those of them that it is tested on.</summary>
    [Setting("those of them that it is tested on instead: n for every n-th by name, from the first on, names with commas, or none",
        Group = SettingGroup.Data)]
    public string HoldOut { get; init; } = "5";

    /// <summary>Recordings of each system.</summary>
    [Setting("recordings of each system, each from another initial condition", Least = 1, Most = 1000, Group = SettingGroup.Data)]
    public int Recordings { get; init; } = 4;

    /// <summary>Rows of each recording.</summary>
    [Setting("rows of each recording, of most systems 100 to a period", Unit = "rows", Least = 10, Most = 10_000_000,
        Group = SettingGroup.Data)]
    public int Rows { get; init; } = 10_000;

    /// <summary>N.</summary>
    [Setting("N, variables of a context", Least = 1, Most = 100, Group = SettingGroup.Model)]
    public int Observed { get; init; } = 3;

    /// <summary>M.</summary>
    [Setting("M, units of an expert", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Latent { get; init; } = 30;

    /// <summary>J.</summary>
    [Setting("J, almost-linear experts", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Experts { get; init; } = 10;

    /// <summary>P.</summary>
    [Setting("P, the last units of an expert, which are rectified", Least = 0, Most = MostUnits, Group = SettingGroup.Model)]
    public int Rectified { get; init; } = 2;

    /// <summary>H.</summary>
    [Setting("H, hidden units of the gate", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Gate { get; init; } = 10;

    /// <summary>Whether attended rows go into the states.</summary>
    [Setting("whether what followed in the context goes into the states, or only chooses among the experts, as published: yes or no",
        Group = SettingGroup.Model)]
    public bool Input { get; init; } = true;

    /// <summary>Rows of a context.</summary>
    [Setting("rows of a context while it learns", Unit = "rows", Least = 3)]
    public int Context { get; init; } = s_defaults.ContextLength;

    /// <summary>T.</summary>
    [Setting("T, predicted steps of a window", Unit = "steps", Least = 1)]
    public int Sequence { get; init; } = s_defaults.SequenceLength;

    /// <summary>tau.</summary>
    [Setting("tau, steps from one forcing of the observed units to the next", Unit = "steps", Least = 1)]
    public int Interval { get; init; } = s_defaults.ForcingInterval;

    /// <summary>Windows of an update.</summary>
    [Setting("windows of an update", Least = 1, Most = 100_000)]
    public int Batch { get; init; } = s_defaults.BatchSize;

    /// <summary>Gradient steps in all.</summary>
    [Setting("gradient steps in all", Unit = "updates", Above = 0, IsLength = true)]
    public long Updates { get; init; } = s_defaults.Updates;

    /// <summary>The learning rate at the start.</summary>
    [Setting("learning rate at the start", Key = "lr", Above = 0, IsScale = true)]
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>The learning rate at the end.</summary>
    [Setting("that rate at the end of an exponential schedule", Key = "lr_end", Above = 0, IsScale = true)]
    public double LearningRateEnd { get; init; } = 1e-6;

    /// <summary>The largest noise of contexts and forcing.</summary>
    [Setting("largest noise on contexts and forcing, in standard deviations: of each window one between 0 and it is drawn", Least = 0,
        Most = 10)]
    public double Noise { get; init; } = s_defaults.MostNoise;

    /// <summary>e of the loss.</summary>
    [Setting("e of the loss e log(1 + s / e) of a window of the mean squared error s; 0 for s itself", Least = 0, Most = 1e6)]
    public double Tolerance { get; init; } = s_defaults.Tolerance;

    /// <summary>The share of windows whose variables are rotated.</summary>
    [Setting("share of the windows whose variables are mixed by a rotation drawn anew", Least = 0, Most = 1)]
    public double Rotated { get; init; } = s_defaults.RotatedShare;

    /// <summary>The most rows that become one.</summary>
    [Setting("the most rows that become one: of each window one from 1 to it is drawn", Unit = "rows", Least = 1, Most = 1000)]
    public int Stride { get; init; } = s_defaults.MostStride;

    /// <summary>Whether sigma is learnt.</summary>
    [Setting("whether the noise of the query is learnt, which makes it vanish, and orbits copies of the context: yes or no",
        Group = SettingGroup.Advanced)]
    public bool LearnNoise { get; init; } = s_defaults.LearnNoise;

    /// <summary>Whether gradients go through the query into the state.</summary>
    [Setting("whether gradients go through the query, to D and the states, which published scripts cut: yes or no",
        Group = SettingGroup.Advanced)]
    public bool QueryGradient { get; init; } = s_defaults.QueryGradient;

    /// <summary>The norm that the gradient is clipped to.</summary>
    [Setting("norm the gradient is clipped to, 0 for never", Least = 0)]
    public double Clip { get; init; } = s_defaults.GradientClip;

    /// <inheritdoc/>
    [Setting("seed of the initial parameters, the recordings and the windows", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>What the training computes in.</summary>
    [Setting("float32 or float64", Group = SettingGroup.Advanced)]
    public Precision Precision { get; init; } = s_defaults.Precision;

    /// <summary>Divergences that are undone before giving up.</summary>
    [Setting("divergences that are undone before giving up", Least = 0, Group = SettingGroup.Advanced)]
    public int MaxDivergences { get; init; } = s_defaults.MaxDivergences;

    /// <summary>Updates between two checkpoints.</summary>
    [Setting("updates between two checkpoints", Unit = "updates", Least = 0, Group = SettingGroup.Advanced)]
    public long CheckpointEvery { get; init; } = s_defaults.CheckpointInterval;

    /// <inheritdoc/>
    public override string DataEntry => Data;

    /// <summary>Refuses what cannot be a model, or does not fit into the memory.</summary>
    /// <exception cref="SettingException">The message says what is wrong, or what fits.</exception>
    internal void RequireSizes(int systems)
    {
        if (Latent <= Observed)
            throw new SettingException(
                $"{nameof(Latent):setting} is {Latent}: an expert has more units than the {Observed} variables that it observes");
        if (Rectified > Latent)
            throw new SettingException($"{nameof(Rectified):setting} is {Rectified}, of {Latent} units ({nameof(Latent):setting})");
        int needed = ToOptions().RowsNeeded;
        if (Rows < needed)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(Rows):setting} is {Rows}: contexts and windows take {needed} rows at the largest ",
                $"{nameof(Stride):setting}"));
        // Recordings, the same standardised; of a window its context, states, experts and their gradients.
        MemoryNeed.Require(
            r => 2.0 * systems * Recordings * MemoryNeed.OfArray(r * 4.0), Rows, $"{nameof(Rows):setting}");
        MemoryNeed.Require(
            b => MemoryNeed.OfArray(Math.Max(16, b) * ((Context * 3.0 * Observed) + (Sequence * (Context + (2.0 * Experts * Latent))))),
            Batch,
            $"{nameof(Batch):setting}");
    }

    /// <summary>The model that the training begins with.</summary>
    internal DynaMixModel CreateModel() => DynaMixModel.Create(Observed, Latent, Experts, Rectified, Gate, (ulong)Seed, Input);

    /// <summary>How it is learnt.</summary>
    internal ZeroShotTrainingOptions ToOptions() => new()
    {
        ContextLength = Context,
        SequenceLength = Sequence,
        ForcingInterval = Interval,
        BatchSize = Batch,
        Updates = Updates,
        LearningRate = LearningRateSchedule.Exponential(LearningRate, LearningRateEnd),
        MostNoise = Noise,
        Tolerance = Tolerance,
        RotatedShare = Rotated,
        MostStride = Stride,
        LearnNoise = LearnNoise,
        QueryGradient = QueryGradient,
        GradientClip = Clip,
        Seed = (ulong)Seed,
        Precision = Precision,
        MaxDivergences = MaxDivergences,
        CheckpointInterval = CheckpointEvery,
    };
}
