using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>The settings of a model that is trained on minibatches by ascending a bound.</summary>
public abstract record MinibatchSettings : SeriesSettings
{
    private static readonly MinibatchOptions s_defaults = new();

    /// <summary>Samples of an update.</summary>
    public abstract int Batch { get; init; }

    /// <summary>Passes over the data.</summary>
    public abstract int Epochs { get; init; }

    /// <summary>The weight of the divergence from the prior.</summary>
    [Setting("weight of the divergence from the prior", Least = 0)]
    public double Beta { get; init; } = s_defaults.Beta;

    /// <summary>Epochs over which that weight rises.</summary>
    [Setting("epochs over which that weight rises", Least = 0, Unit = "epochs")]
    public double WarmUpEpochs { get; init; } = s_defaults.WarmUpEpochs;

    /// <summary>That weight at the start, as a part of it.</summary>
    [Setting("that weight at the start, as a part of beta", Least = 0)]
    public double WarmUpStart { get; init; } = s_defaults.WarmUpStart;

    /// <summary>The norm that the gradient is clipped to.</summary>
    public abstract double Clip { get; init; }

    /// <inheritdoc/>
    [Setting("seed of the initial parameters, the order and the noise", Least = 0, Demand = "not be negative")]
    public override long Seed { get; init; }

    /// <summary>What the training computes in.</summary>
    [Setting("float32 or float64")]
    public Precision Precision { get; init; } = s_defaults.Precision;

    /// <summary>Parts of a batch that threads can share; null for what suits the batch.</summary>
    public abstract int? Shards { get; init; }

    /// <summary>Threads; null for all processors.</summary>
    [Setting("threads; 0 for all processors", Null = "0", Least = 0)]
    public int? Threads { get; init; } = s_defaults.Threads;

    /// <summary>Divergences that are undone before giving up.</summary>
    [Setting("divergences that are undone before giving up", Least = 0)]
    public int MaxDivergences { get; init; } = s_defaults.MaxDivergences;

    /// <summary>The options with what every such training has.</summary>
    protected T WithCommon<T>(T options)
        where T : MinibatchOptions
        => (T)(options with
        {
            Epochs = Epochs,
            BatchSize = Batch,
            Beta = Beta,
            WarmUpEpochs = WarmUpEpochs,
            WarmUpStart = WarmUpStart,
            GradientClip = Clip,
            Seed = (ulong)Seed,
            Precision = Precision,
            Shards = Shards,
            Threads = Threads,
            MaxDivergences = MaxDivergences,
        });
}
