using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on sparse teacher forcing.</summary>
internal sealed record TeacherForcingSettings : NetworkSettings
{
    [Setting("a folder with train.npy and test.npy of three variables", Default = "Lorenz-63, simulated")]
    public string? Data { get; init; }

    [Setting("another, delay-embedded", Default = "one variable of Lorenz-63, simulated")]
    public string? DelayData { get; init; }

    [Setting("tau, forcing intervals to compare", Expected = "positive whole numbers between commas, such as 1,4,16,64")]
    public IReadOnlyList<int> Intervals { get; init; } = [1, 2, 4, 8, 16, 32, 64, 128];

    [Setting("tau of the delay-embedded recording", Least = 1, Unit = "steps")]
    public int DelayInterval { get; init; } = 16;

    [Setting("M, latent units for it", Least = 3, Most = 10_000)]
    public int DelayLatent { get; init; } = 20;

    [Setting("delay of a simulated embedding, near the first minimum of the mutual information", Least = 1, Unit = "steps")]
    public int Lag { get; init; } = 16;

    [Setting("gradient steps of each training", Least = 1, Unit = "updates")]
    public long Updates { get; init; } = 20_000;

    [Setting("gradient steps of the delay-embedded one", Default = "five times as many", Least = 1, Unit = "updates")]
    public long? DelayUpdates { get; init; }

    [Setting("seeds to train with; the delay-embedded one has the first")]
    public IReadOnlyList<long> Seeds { get; init; } = [1, 2, 3];

    public override FormattableString? WhyNot()
        => Intervals.Count == 0 ? (FormattableString)$"{nameof(Intervals):setting} takes at least one interval, such as 16"
            : null;

    public override FormattableString? WhyUnused(string property) => property switch
    {
        nameof(Noise) or nameof(Rows) when DelayData is not null => SimulatedData.WhyUnused(property, Data),
        nameof(Lag) => SimulatedData.WhyUnused(property, DelayData),
        _ => null,
    };

    /// <summary>A shallow PLRNN under sparse forcing.</summary>
    public RecurrentSettings ToTraining(int interval, long updates, int? latent, long seed) => ToTraining(seed) with
    {
        Forcing = ForcingRule.Stf,
        Interval = interval,
        Updates = updates,
        Latent = latent,
    };

    /// <summary>Of the delay-embedded recording, which is the harder one for the larger network.</summary>
    public long PatientUpdates => DelayUpdates ?? 5 * Updates;
}
