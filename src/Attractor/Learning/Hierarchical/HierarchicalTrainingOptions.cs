namespace Attractor.Learning;

/// <summary>How a hierarchical model is trained: the windows of each update are those of some of the subjects.</summary>
/// <remarks>Rates and forcing are those of Brenner et al., ICLR 2025, and their scripts.</remarks>
public sealed record HierarchicalTrainingOptions
{
    /// <summary>alpha of generalised teacher forcing at the first update, of 0 to 1.</summary>
    public double Alpha { get; init; } = 0.2;

    /// <summary>alpha at the last update: it falls by the same factor at every update.</summary>
    public double AlphaEnd { get; init; } = 0.02;

    /// <summary>T: predicted steps of a window, which holds T + 1 points.</summary>
    public int SequenceLength { get; init; } = 30;

    /// <summary>Windows of each subject of an update.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Subjects of an update, at most; an epoch goes through all of them in an order drawn anew.</summary>
    public int BatchSubjects { get; init; } = 16;

    /// <summary>Gradient steps in all.</summary>
    public long Updates { get; init; } = 20_000;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam();

    /// <summary>The learning rate of what the subjects share.</summary>
    public LearningRateSchedule LearningRate { get; init; } = LearningRateSchedule.Exponential(1e-3, 1e-5);

    /// <summary>The learning rate of the features and covariances of the subjects.</summary>
    public LearningRateSchedule FeatureLearningRate { get; init; } = LearningRateSchedule.Exponential(1e-2, 1e-4);

    /// <summary>
    /// Whether the loss is the negative log likelihood under a Gaussian with a diagonal covariance of each subject, which is learnt, the
    /// mean of (r^2 / exp(c) + c) / 2 over the values, for the residual r and the logarithm c of the variance. Else it is the mean of r^2.
    /// </summary>
    public bool LearnCovariance { get; init; }

    /// <summary>Whether what the subjects share is learnt; else only what each has of its own.</summary>
    public bool LearnShared { get; init; } = true;

    /// <summary>The Euclidean norm that the gradient is clipped to; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 10;

    /// <summary>Seed of the order of the subjects and of the windows.</summary>
    public ulong Seed { get; init; }

    /// <summary>Arithmetic of the updates.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What to do with missing values.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Reject;

    /// <summary>Threads; null for all processors. The result does not depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>Divergences that are undone (half the learning rate each) before the training gives up.</summary>
    public int MaxDivergences { get; init; } = 5;

    /// <summary>Updates between two checkpoints handed to the callback; 0 for none but the last.</summary>
    public long CheckpointInterval { get; init; } = 5_000;

    /// <summary>alpha at an update, counted from 0.</summary>
    internal double AlphaAt(long update)
        => Updates < 2 || Alpha == AlphaEnd ? Alpha : Alpha * Math.Pow(AlphaEnd / Alpha, (double)update / (Updates - 1));

    /// <summary>What a training of one network on one subject would be called with, for what both check.</summary>
    internal TrainingOptions OfOne() => new()
    {
        Forcing = TeacherForcing.Generalized(Alpha),
        SequenceLength = SequenceLength,
        BatchSize = BatchSize,
        Updates = Updates,
        Optimizer = Optimizer,
        LearningRate = LearningRate,
        GradientClip = GradientClip,
        Seed = Seed,
        Precision = Precision,
        Missing = Missing,
        MaxDivergences = MaxDivergences,
        CheckpointInterval = CheckpointInterval,
    };
}
