using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of a recurrent network and of its training by backpropagation through time.</summary>
[SettingsGroup(SettingGroup.Learning)]
public sealed partial record RecurrentSettings : SmoothedSettings
{
    private const int MostUnits = 1_000_000, FewestBetweenLooks = 500, Looks = 25, FewRectified = 2;

    // Hidden units that are fitted without being asked: it takes the time of their cube.
    private const int MostFitted = 1000;

    // After a start from the data: what is fitted already is not to be thrown about.
    private const double RateFromData = 1e-3;

    private static readonly TrainingOptions s_defaults = new();

    private static readonly double s_alpha = ((GeneralizedTeacherForcing)s_defaults.Forcing).Alpha;

    /// <summary>Columns of the data that drive the network.</summary>
    [Setting("columns of the data that drive the system from outside, by name or by number from 1: they are no variables",
        Default = "none", Leads = true)]
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <inheritdoc/>
    internal override IReadOnlyList<string>? InputColumns => Inputs;

    /// <summary>How the variables are read out of the state.</summary>
    [Setting("what variables are of the state: identity, its first units; affine, a learnt map of fewer units or more; poisson or "
        + "negative-binomial counts, bernoulli 0 or 1, ordinal levels or categories, from 1 on: a learnt encoder then forces the state",
        Group = SettingGroup.Model)]
    public StateObservation Observation { get; init; }

    /// <summary>Which columns are observed in which way, where they differ.</summary>
    [Setting("several observations at once, each of its columns, by name or by number from 1 among the variables, such as "
        + "gaussian:x,y,z+ordinal/7:q1..q8+poisson:n1..n5: a learnt encoder of all forces the state; /7 are levels, a part without columns "
        + "takes the rest", Default = "one observation of all", Group = SettingGroup.Model)]
    public string? Modalities { get; init; }

    /// <summary>C.</summary>
    [Setting("C, levels of an ordinal or categorical observation, 1 to C", Least = 2, Most = ObservationModel.MostLevels,
        Default = "the largest in the data", Group = SettingGroup.Model)]
    public int? Levels { get; init; }

    /// <summary>l_obs.</summary>
    [Setting("l_obs, weight of (1 - s_1 / s_n)^2 of the largest and smallest singular value of an affine observation", Key = "l_obs",
        IsScale = true, Group = SettingGroup.Learning)]
    public double ConditionPenalty { get; init; } = 1e-6;

    /// <summary>What a value of each modality counts in the loss.</summary>
    [Setting("what a value of each modality counts in the loss, in their order: numbers, with commas between them", Default = "1 each",
        Group = SettingGroup.Learning)]
    public IReadOnlyList<double>? ModalityWeights { get; init; }

    /// <summary>alpha_r.</summary>
    [Setting("alpha_r, weight of how likely data are beside the signals of an encoder", IsScale = true, Least = 0,
        Group = SettingGroup.Learning)]
    public double ReconstructionWeight { get; init; } = 1;

    /// <summary>alpha_o.</summary>
    [Setting("alpha_o, weight of how likely data are beside the states that are predicted from its signals", IsScale = true, Least = 0,
        Group = SettingGroup.Learning)]
    public double PredictionWeight { get; init; } = 1;

    /// <summary>alpha_l.</summary>
    [Setting("alpha_l, weight of how far the signals of an encoder are from the states that are predicted", IsScale = true, Above = 0,
        Group = SettingGroup.Learning)]
    public double ConsistencyWeight { get; init; } = 1;

    /// <summary>M; null for the number of observed variables.</summary>
    [Setting("M, latent units; of an lstm outputs and as many memories", Least = 1, Most = MostUnits,
        Default = "16 of other than an identity observation, else the number of observed variables; twice that of other than shallow "
            + "networks and "
            + "plrnn: at least 20, 30 of rnn and gru, 60 of lstm", Group = SettingGroup.Model)]
    public int? Latent { get; init; }

    /// <summary>L.</summary>
    [Setting("L, hidden units of shplrnn and clipped-shplrnn", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Hidden { get; init; } = 100;

    /// <summary>P.</summary>
    [Setting("P, rectified units of alrnn, the last of the latent ones", Default = "2", Least = 1, Most = MostUnits,
        Group = SettingGroup.Model)]
    public int? Rectified { get; init; }

    /// <summary>B.</summary>
    [Setting("B, thresholds of each unit of dendplrnn and clipped-dendplrnn", Least = 1, Most = MostUnits, Group = SettingGroup.Model)]
    public int Bases { get; init; } = 20;

    /// <summary>What the network begins with.</summary>
    [Setting("what the network begins with: random parameters, or data: hidden units drawn from the data, the rest fitted to them",
        Default = "data, of networks with up to 1000 hidden units", Group = SettingGroup.Model)]
    public StartingParameters? Start { get; init; }

    /// <summary>How the data guide the states.</summary>
    [Setting("teacher forcing: gtf (generalised), stf (sparse) or none",
        Default = "gtf; of alrnn, dendplrnn, mcplrnn, rnn, gru and lstm, and of counts and levels, stf")]
    public ForcingRule? Forcing { get; init; }

    /// <summary>The strength of generalised forcing.</summary>
    [Setting("strength of generalised forcing, 0 to 1",
        Default = "by how fast differences grow from row to row of the data; of adaptive forcing, which begins there, 1")]
    public double? Alpha { get; init; }

    /// <summary>How the strength follows the Jacobians of the network.</summary>
    [Setting("rule by which the strength of generalised forcing follows the Jacobians of the network as it learns",
        Default = "the strength stays as it is")]
    public AdaptiveForcingRule? Adaptive { get; init; }

    /// <summary>tau, steps between two sparse forcings.</summary>
    [Setting("tau, steps between two sparse forcings", Unit = "steps", Least = 1)]
    public int Interval { get; init; } = 16;

    /// <summary>Steps that are forced fully and left out of the loss.</summary>
    [Setting("steps that are forced fully and left out of the loss", Unit = "steps", Least = 0)]
    public int WarmUp { get; init; } = s_defaults.WarmUp;

    /// <summary>T.</summary>
    [Setting("T, predicted steps of a window", Unit = "steps", Least = 1)]
    public int Sequence { get; init; } = s_defaults.SequenceLength;

    /// <summary>Windows of an update.</summary>
    [Setting("windows of an update", Least = 1)]
    public int Batch { get; init; } = s_defaults.BatchSize;

    /// <summary>Gradient steps in all.</summary>
    [Setting("gradient steps in all", Unit = "updates", Above = 0, IsLength = true)]
    public long Updates { get; init; } = s_defaults.Updates;

    /// <summary>The rule that turns gradients into steps.</summary>
    [Setting("rule of the steps, of which rprop takes the learning rate for the first step size")]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.RAdam;

    /// <summary>Momentum of <see cref="OptimizerKind.Sgd"/>.</summary>
    [Setting("momentum of sgd", Group = SettingGroup.Advanced)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>The learning rate at the start.</summary>
    [Setting("learning rate at the start", Key = "lr", Above = 0, IsScale = true,
        Default = "0.001 after a start from the data and of alrnn, dendplrnn, mcplrnn, rnn, gru and lstm, else 0.005")]
    public double? LearningRate { get; init; }

    /// <summary>The learning rate at the end of an exponential schedule.</summary>
    [Setting("learning rate at the end of an exponential schedule", Key = "lr_end", Above = 0, IsScale = true,
        Default = "1e-06; of alrnn 1e-05")]
    public double? LearningRateEnd { get; init; }

    /// <summary>How the learning rate changes.</summary>
    [Setting("exponential, constant or step", Default = "exponential; of dendplrnn and mcplrnn step; of rnn, gru and lstm constant")]
    public RateSchedule? Schedule { get; init; }

    /// <summary>The factor of <see cref="RateSchedule.Step"/>.</summary>
    [Setting("factor of the step schedule, at 10, 80 and 90 % of the updates", Key = "lr_factor", Above = 0, Group = SettingGroup.Advanced)]
    public double LearningRateFactor { get; init; } = 0.1;

    /// <summary>The norm that the gradient is clipped to.</summary>
    [Setting("norm the gradient is clipped to, 0 for never")]
    public double Clip { get; init; } = s_defaults.GradientClip;

    /// <summary>The weight of |theta - rest|^2.</summary>
    [Setting("weight of |theta - rest|^2, rest being 1 for A and 0 for the others", Key = "l2", IsScale = true,
        Default = "1e-05; of alrnn 0")]
    public double? L2 { get; init; }

    /// <summary>That weight at the end.</summary>
    [Setting("that weight at the end: it falls from half of the updates on, until nine tenths", Key = "l2_end", IsScale = true,
        Group = SettingGroup.Advanced)]
    public double L2End { get; init; }

    /// <summary>lambda of manifold-attractor regularisation.</summary>
    [Setting("lambda of manifold-attractor regularisation, which lets the last latent units be slow: weight of the sum of (A_ii - 1)^2 "
        + "and the squares of what else their row is of, W and h or W1 and h1; published 1e-2", Key = "mar", IsScale = true)]
    public double ManifoldAttractor { get; init; }

    /// <summary>rho, the share of the latent units that it is of.</summary>
    [Setting("rho, the share of the latent units, the last ones, that mar is of", Key = "mar_share", Above = 0, Most = 1,
        Group = SettingGroup.Advanced)]
    public double ManifoldAttractorShare { get; init; } = s_defaults.ManifoldAttractorShare;

    /// <summary>Gaussian noise on the inputs.</summary>
    [Setting("Gaussian noise on the inputs, as the model takes them, see standardize",
        Default = "0; of alrnn, dendplrnn and mcplrnn 0.05, but of counts and levels, whose encoder has its own, 0",
        Group = SettingGroup.Data)]
    public double? Noise { get; init; }

    /// <summary>That noise at the end.</summary>
    [Setting("that noise at the end: it falls from half of the updates on, until nine tenths", Key = "noise_end", Least = 0,
        Default = "that of the beginning; of alrnn 0 where noise is left out", Group = SettingGroup.Advanced)]
    public double? NoiseEnd { get; init; }

    /// <inheritdoc/>
    [Setting(SmoothHelp, Before = "no", Group = SettingGroup.Data)]
    public override SmoothingRule Smooth { get; init; }

    /// <inheritdoc/>
    [Setting("seed of the initial parameters, the windows and the noise", Least = 0, Demand = "not be negative")]
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

    /// <summary>Updates between two looks at how the network runs on its own; the best state seen becomes the model.</summary>
    [Setting("updates between two looks at how the network runs on its own, the best of which becomes the model; 0 for the last state",
        Unit = "updates", Least = 0, Default = "a 25th of all, at least 500", Group = SettingGroup.Advanced)]
    public long? SelectEvery { get; init; }

    /// <summary>Time between two rows of the data.</summary>
    [Setting("time between two rows of the data", Default = "what the data say; else rates are those of a step", Group = SettingGroup.Data)]
    public double? Dt { get; init; }

    /// <inheritdoc/>
    public override double? TimeStep => Dt;

    internal override SeriesSettings WithTimeStep(double dt) => this with { Dt = dt };

    /// <summary>Whether an encoder tells the states of what is observed.</summary>
    internal bool IsEncoded => Modalities is not null || ObservedValues.AreEncoded(Observation);

    // Whether the state is read out by a map, of as many units as there are.
    private bool IsMapped => Modalities is not null || Observation != StateObservation.Identity;

    private double Noisiness => Noise ?? (IsEncoded ? 0 : Defaults.Noise);

    private double? NoisinessAtEnd => NoiseEnd ?? (Noise is null && !IsEncoded ? Defaults.NoiseEnd : null);

    private ForcingRule ForcingByDefault => IsEncoded ? ForcingRule.Stf : Defaults.Forcing;

    private RecurrentDefaults Defaults => RecurrentDefaults.Of(Model);

    private double Rate => LearningRate ?? Defaults.LearningRate;

    private double Decay => L2 ?? Defaults.L2;

    /// <summary>Whether the model has any: what a config says of them is for the models that do.</summary>
    private bool HasHiddenUnits => Has("hidden");

    private bool Has(string size) => RecurrentModel.SizesOf(Model).Contains(size);

    /// <inheritdoc/>
    public override FormattableString? WhyUnused(string property) => property switch
    {
        nameof(Hidden) when !HasHiddenUnits
            => $"a {Model} has no hidden units: leave {nameof(Hidden):setting} out and set its size by {nameof(Latent):setting}",
        nameof(ConditionPenalty) when Observation != StateObservation.Affine
            => $"only an affine observation has a condition: leave {nameof(ConditionPenalty):setting} out",
        nameof(Observation) when Modalities is not null && Observation != StateObservation.Identity
            => $"{nameof(Modalities):setting} says how each column is observed: leave {nameof(Observation):setting} out",
        nameof(Levels) when Modalities is not null
            => $"{nameof(Modalities):setting} has the levels of each, as in ordinal/7:q1..q8: leave {nameof(Levels):setting} out",
        nameof(ModalityWeights) when Modalities is null
            => $"there are no {nameof(Modalities):setting} to weigh: leave {nameof(ModalityWeights):setting} out",
        nameof(ReconstructionWeight) or nameof(PredictionWeight) or nameof(ConsistencyWeight) when !IsEncoded
            => $"only the loss of an encoder has such a weight: leave {property:setting} out",
        nameof(Levels) when !ObservedValues.HaveLevels(Observation)
            => $"only an ordinal or categorical observation has levels: leave {nameof(Levels):setting} out",
        nameof(Noise) when IsEncoded && Noise is > 0
            => $"counts and levels are no real numbers, and their encoder has a noise of its own: leave {nameof(Noise):setting} out",
        nameof(NoiseEnd) when IsEncoded && NoiseEnd is > 0
            => $"counts and levels are no real numbers, and their encoder has a noise of its own: leave {nameof(NoiseEnd):setting} out",
        nameof(Standardize) when IsEncoded && Standardize is StandardizeRule.Yes
            => $"counts and levels have no units: leave {nameof(Standardize):setting} out",
        nameof(Adaptive) when IsEncoded
            => $"adaptive forcing takes the data for states, which counts and levels are not: leave {nameof(Adaptive):setting} out",
        nameof(Rectified) when !Has("rectified")
            => $"a {Model} does not choose which units are rectified: leave {nameof(Rectified):setting} out, or train an alrnn",
        nameof(Adaptive) when Forcing is { } other && other != ForcingRule.Gtf
            => $"the strength that follows the network is that of {nameof(Forcing):setting} gtf: leave {nameof(Adaptive):setting} out",
        nameof(ManifoldAttractor) when ManifoldAttractor > 0 && RecurrentModel.UnitRowsOf(Model).Count == 0
            => $"a {Model} has no rows A and W to draw to 1 and 0: leave {nameof(ManifoldAttractor):setting} out",
        nameof(ManifoldAttractorShare) when ManifoldAttractor == 0
            => $"{nameof(ManifoldAttractor):setting} is 0: leave {nameof(ManifoldAttractorShare):setting} out",
        nameof(Bases) when !Has("bases")
            => $"a {Model} has no bases: leave {nameof(Bases):setting} out, or train a dendplrnn",
        nameof(Start) when Start == StartingParameters.Data && !HasHiddenUnits
            => $"a {Model} has no hidden units to draw from the data: leave {nameof(Start):setting} out",
        _ => null,
    };

    /// <summary>The same with every value that depends on the data.</summary>
    /// <exception cref="SettingException">A value does not fit the data.</exception>
    public RecurrentSettings Resolve(int observed)
    {
        int latent = LatentOf(observed);
        if (latent < observed && !IsMapped)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(Latent):setting} is {latent}: the data have {observed} variables, each needs a unit of its own, ",
                $"unless {nameof(Observation):setting} affine reads them out of fewer"));
        if (Has("rectified") && Rectified > latent)
            throw new SettingException(
                $"{nameof(Rectified):setting} is {Rectified}: of {nameof(Latent):setting} {latent} units no more can be rectified");
        StartingParameters start = Start
            ?? (HasHiddenUnits && Hidden <= MostFitted && ReadOf(latent) <= observed ? StartingParameters.Data : StartingParameters.Random);
        return this with
        {
            Latent = latent,
            Rectified = Has("rectified") ? Rectified ?? Math.Min(FewRectified, latent) : Rectified,
            Start = start,
            // A strength is one of generalised forcing.
            Forcing = Forcing ?? (Alpha is not null || Adaptive is not null ? ForcingRule.Gtf : ForcingByDefault),
            LearningRate = LearningRate ?? (start == StartingParameters.Data ? RateFromData : Defaults.LearningRate),
            LearningRateEnd = LearningRateEnd ?? Defaults.LearningRateEnd,
            Schedule = Schedule ?? Defaults.Schedule,
            L2 = Decay,
            Noise = Noisiness,
            NoiseEnd = NoisinessAtEnd,
            SelectEvery = SelectEvery ?? Math.Max(FewestBetweenLooks, Updates / Looks),
        };
    }

    /// <summary>How it is learnt.</summary>
    public TrainingOptions ToOptions() => new()
    {
        Forcing = (Forcing ?? ForcingByDefault) switch
        {
            ForcingRule.Stf => TeacherForcing.Sparse(Interval),
            ForcingRule.Gtf when Adaptive is { } rule => new AdaptiveTeacherForcing(rule) { Start = Alpha ?? 1 },
            ForcingRule.Gtf => TeacherForcing.Generalized(Alpha ?? s_alpha),
            _ => TeacherForcing.Generalized(0),
        },
        WarmUp = WarmUp,
        SequenceLength = Sequence,
        BatchSize = Batch,
        Updates = Updates,
        Optimizer = Optimizer.Create(new(Rate, Momentum)),
        LearningRate = (Schedule ?? Defaults.Schedule) switch
        {
            RateSchedule.Constant => LearningRateSchedule.Constant(Rate),
            RateSchedule.Step => LearningRateSchedule.Step(Rate, LearningRateFactor, 0.1, 0.8, 0.9),
            _ => LearningRateSchedule.Exponential(Rate, LearningRateEnd ?? Defaults.LearningRateEnd),
        },
        GradientClip = Clip,
        L2 = Decay,
        L2End = L2End,
        ManifoldAttractor = ManifoldAttractor,
        ManifoldAttractorShare = ManifoldAttractorShare,
        InputNoise = Noisiness,
        InputNoiseEnd = NoisinessAtEnd,
        ConditionPenalty = Observation == StateObservation.Affine ? ConditionPenalty : 0,
        SignalLoss = new()
        {
            Reconstruction = ReconstructionWeight,
            Prediction = PredictionWeight,
            Consistency = ConsistencyWeight,
            Modalities = WeightsInOrder(),
        },
        Seed = (ulong)Seed,
        Precision = Precision,
        Missing = Missing,
        MaxDivergences = MaxDivergences,
        CheckpointInterval = CheckpointEvery,
    };
}
