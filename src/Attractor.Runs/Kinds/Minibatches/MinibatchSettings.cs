using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>The settings of a model that is trained on minibatches by ascending a bound.</summary>
[SettingsGroup(SettingGroup.Learning)]
public abstract record MinibatchSettings : StandardizedSettings
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
    [Setting("float32 or float64", Group = SettingGroup.Advanced)]
    public Precision Precision { get; init; } = s_defaults.Precision;

    /// <summary>Parts of a batch that threads can share; null for what suits the batch.</summary>
    public abstract int? Shards { get; init; }

    /// <summary>Threads; null for all processors.</summary>
    [Setting("threads; 0 for all processors", Null = "0", Least = 0, Group = SettingGroup.Advanced)]
    public int? Threads { get; init; } = s_defaults.Threads;

    /// <summary>Divergences that are undone before giving up.</summary>
    [Setting("divergences that are undone before giving up", Least = 0, Group = SettingGroup.Advanced)]
    public int MaxDivergences { get; init; } = s_defaults.MaxDivergences;

    /// <summary>Bytes of parameters while they are learnt: values and a copy to go back to, gradients and moments.</summary>
    private protected double OfParameters(double count)
    {
        const int CopiesInDouble = 3, CopiesInPrecision = 7;
        return (CopiesInDouble * MemoryNeed.OfArray(count)) + (CopiesInPrecision * count * PrecisionSize);
    }

    /// <summary>Refuses more shards than there is memory for.</summary>
    /// <param name="parameters">Parameters of the model.</param>
    private protected void RequireShards(double parameters)
    {
        // A tape of its own, beside its gradient.
        const int LeastTape = 1 << 16;
        if (Shards is { } shards)
            MemoryNeed.Require(s => s * (LeastTape + (parameters * PrecisionSize)), shards, $"{nameof(Shards):setting}");
    }

    /// <summary>Bytes of what a tape keeps for the gradient.</summary>
    /// <param name="rows">Rows of an update.</param>
    /// <param name="values">Values that are kept of each.</param>
    private protected double OfTape(double rows, double values) => PrecisionSize * rows * values;

    private int PrecisionSize => Precision == Precision.Float32 ? sizeof(float) : sizeof(double);

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
