using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>How a model is learnt from minibatches of samples, epoch by epoch, by ascending a variational bound.</summary>
public record MinibatchOptions
{
    /// <summary>Passes over the data.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>Samples per update; the last batch of an epoch may have fewer.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam();

    /// <summary>The learning rate over the updates.</summary>
    public LearningRateSchedule LearningRate { get; init; } = LearningRateSchedule.Constant(1e-3);

    /// <summary>The Euclidean norm that the gradient of the mean bound is clipped to; 0 for no clipping.</summary>
    public double GradientClip { get; init; }

    /// <summary>
    /// Weight of the divergence from the prior: 1 for the evidence lower bound; others are those of a beta-VAE (Higgins et al., ICLR 2017).
    /// </summary>
    public double Beta { get; init; } = 1;

    /// <summary>
    /// Epochs over which the weight of the divergence rises to <see cref="Beta"/>, by the same amount at every update
    /// (Bowman et al., CoNLL 2016); 0 for none.
    /// </summary>
    public double WarmUpEpochs { get; init; }

    /// <summary>The weight of the divergence at the first update of a warm-up, as a part of <see cref="Beta"/>.</summary>
    public double WarmUpStart { get; init; }

    /// <summary>Tensors that stay as they are.</summary>
    public IReadOnlyList<string> FixedTensors { get; init; } = [];

    /// <summary>Seed of the order of the samples and of the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Arithmetic of the updates.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>
    /// Parts that each batch is cut into, one for a thread at a time. Results depend on their number, not on that of the threads, so it
    /// follows from the batch alone: 1 for fewer than 16 samples, then 2, from 256 on 4, from 1,024 on 8. Null for that.
    /// </summary>
    public int? Shards { get; init; }

    /// <summary>Threads; null for all processors.</summary>
    public int? Threads { get; init; }

    /// <summary>The processes that learn the same model together; null for this one alone. The result does not depend on them.</summary>
    public Communicator? Ranks { get; init; }

    internal int ThreadCount => Threads ?? ThreadTeam.AllProcessors;

    /// <summary>Divergences that are undone (half the learning rate each) before the training gives up.</summary>
    public int MaxDivergences { get; init; } = 5;

    /// <summary>
    /// Least time between two states handed to the callback, which are those at the end of an epoch. The last one always is.
    /// </summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    internal int ShardCount => Shards ?? BatchSize switch
    {
        < 16 => 1,
        < 256 => 2,
        < 1024 => 4,
        _ => 8,
    };

    /// <summary>The weight of the divergence at an update.</summary>
    internal double BetaAt(long update, long updatesPerEpoch)
    {
        double warm = WarmUpEpochs * updatesPerEpoch;
        return update >= warm ? Beta : Beta * (WarmUpStart + ((1 - WarmUpStart) * update / warm));
    }

    internal void Check()
    {
        Positive(Epochs, "number of epochs");
        Positive(BatchSize, "batch size");
        if (Shards is { } shards)
            Positive(shards, "number of shards");
        if (Threads is { } threads)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads, nameof(Threads));
        NotNegative(GradientClip, "gradient clip");
        NotNegative(Beta, "weight of the divergence");
        NotNegative(WarmUpEpochs, "number of epochs of the warm-up");
        if (!(WarmUpStart is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"A warm-up starts at 0 to 1 of the weight, not at {WarmUpStart}."));
        double rate = LearningRate.At(0, 1);
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ArgumentException(FormattableString.Invariant($"The learning rate must be a positive number, not {rate}."));
    }

    private static void Positive(int value, string what)
    {
        if (value < 1)
            throw new ArgumentException(FormattableString.Invariant($"The {what} must be positive, not {value}."));
    }

    private static void NotNegative(double value, string what)
    {
        if (!(value >= 0) || !double.IsFinite(value))
            throw new ArgumentException(FormattableString.Invariant($"The {what} must be a number that is not negative, not {value}."));
    }
}
