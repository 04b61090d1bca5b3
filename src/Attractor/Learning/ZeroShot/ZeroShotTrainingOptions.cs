namespace Attractor.Learning;

/// <summary>How a zero-shot model is trained: on windows of many systems, each beside a context of the same recording.</summary>
/// <remarks>
/// Sparse forcing every ten steps is that of Hemmer and Durstewitz (2025) and their scripts; what is done to the recordings, the loss and
/// the rates are our own.
/// </remarks>
public sealed record ZeroShotTrainingOptions
{
    /// <summary>Rows of a context.</summary>
    public int ContextLength { get; init; } = 2000;

    /// <summary>T: predicted steps of a window, which holds T + 1 points.</summary>
    public int SequenceLength { get; init; } = 100;

    /// <summary>tau: the observed units are set to the data at every tau-th step.</summary>
    public int ForcingInterval { get; init; } = 10;

    /// <summary>Windows of an update.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Gradient steps in all.</summary>
    public long Updates { get; init; } = 5_000;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.RAdam();

    /// <summary>The learning rate over the updates.</summary>
    public LearningRateSchedule LearningRate { get; init; } = LearningRateSchedule.Exponential(1e-4, 1e-6);

    /// <summary>
    /// The largest standard deviation of the noise on context and forcing, in standard deviations of the context: of each window one
    /// between 0 and it is drawn. What predictions are compared with has none.
    /// </summary>
    public double MostNoise { get; init; } = 0.02;

    /// <summary>
    /// e: the loss of a window of the mean squared error s is e log(1 + s / e), so that no window that cannot be predicted has the last
    /// word; 0 for s itself.
    /// </summary>
    public double Tolerance { get; init; } = 0.003;

    /// <summary>The share of the windows whose variables are mixed by a rotation drawn anew.</summary>
    public double RotatedShare { get; init; } = 0.5;

    /// <summary>The largest number of rows of a recording that become one: of each window one from 1 to it is drawn.</summary>
    public int MostStride { get; init; } = 2;

    /// <summary>
    /// Whether sigma is learnt. The noise of the query costs precision and keeps orbits from copying the context, of which the loss knows
    /// nothing: learnt, it vanishes.
    /// </summary>
    public bool LearnNoise { get; init; }

    /// <summary>Whether gradients go through the query to D and into the states; published scripts cut them.</summary>
    public bool QueryGradient { get; init; } = true;

    /// <summary>The Euclidean norm that the gradient is clipped to; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 0.02;

    /// <summary>Seed of the windows and of all noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Arithmetic of the updates.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Threads; null for all processors. The result does not depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>Divergences that are undone (half the learning rate each) before the training gives up.</summary>
    public int MaxDivergences { get; init; } = 5;

    /// <summary>Updates between two checkpoints handed to the callback; 0 for none but the last.</summary>
    public long CheckpointInterval { get; init; } = 1_000;

    /// <summary>Rows of a recording that its windows and contexts take at the largest stride.</summary>
    public int RowsNeeded => MostStride * Math.Max(ContextLength, SequenceLength + 1);

    /// <summary>Throws unless the values can be.</summary>
    /// <exception cref="ArgumentException">One cannot; the message says which.</exception>
    public void Check()
    {
        foreach ((string name, long value, long least) in ((string, long, long)[])
        [
            ("rows of a context", ContextLength, 3), ("steps of a window", SequenceLength, 1), ("forcing interval", ForcingInterval, 1),
            ("number of windows of an update", BatchSize, 1), ("number of updates", Updates, 1), ("largest stride", MostStride, 1),
            ("number of threads", Threads ?? 1, 1), ("number of divergences", MaxDivergences, 0),
            ("number of updates between checkpoints", CheckpointInterval, 0),
        ])
            if (value < least)
                throw new ArgumentException($"The {name} must be at least {least}, not {value}.");
        foreach ((string name, double value, double most) in ((string, double, double)[])
        [
            ("largest noise", MostNoise, 10), ("tolerance", Tolerance, 1e6),
            ("share of rotated windows", RotatedShare, 1),
            ("norm of the gradient", GradientClip, double.MaxValue),
        ])
            if (!(value >= 0) || value > most)
                throw new ArgumentException(FormattableString.Invariant($"The {name} must be of 0 to {most}, not {value}."));
    }
}
