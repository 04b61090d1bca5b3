using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on one variable.</summary>
internal sealed record SingleVariableSettings : NetworkSettings
{
    [Setting("a folder with train.npy, of which the first variable is taken", Default = "x of Lorenz-63, simulated")]
    public string? Data { get; init; }

    [Setting("M, latent units", Least = 2, Most = 10_000)]
    public int Latent { get; init; } = 10;

    [Setting("T_W, steps that are forced fully and left out of the loss", Least = 1, Unit = "steps")]
    public int WarmUp { get; init; } = 50;

    [Setting("tau, steps between two forcings after them", Least = 1, Unit = "steps")]
    public int Interval { get; init; } = 20;

    [Setting("T, predicted steps of a window, those of the warm-up included", Least = 2, Unit = "steps")]
    public int Sequence { get; init; } = 250;

    [Setting("gradient steps of each training", Least = 1, Unit = "updates")]
    public long Updates { get; init; } = 50_000;

    [Setting("seeds to train with")]
    public IReadOnlyList<long> Seeds { get; init; } = [.. Enumerable.Range(1, 10).Select(i => (long)i)];

    [Setting("steps of the free run that is compared", Least = 2000, Most = 10_000_000, Unit = "steps")]
    public int Generated { get; init; } = 100_000;

    [Setting("steps of the exponent", Least = 100, Unit = "steps")]
    public int Steps { get; init; } = 500_000;

    public override FormattableString? WhyNot() => WarmUp >= Sequence
        ? SettingSentence.Join(
            $"{nameof(WarmUp):setting} must be less than {nameof(Sequence):setting}, {Sequence}: ",
            $"nothing would be left to learn from")
        : null;

    public override FormattableString? WhyUnused(string property)
        => property is nameof(Noise) or nameof(Rows) ? SimulatedData.WhyUnused(property, Data) : null;

    public RecurrentSettings ToNetwork(long seed) => ToTraining(seed) with
    {
        Forcing = ForcingRule.Stf,
        Interval = Interval,
        WarmUp = WarmUp,
        Sequence = Sequence,
        Latent = Latent,
        Updates = Updates,
        Columns = Data is null ? null : ["1"],
    };
}
