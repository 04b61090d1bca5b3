using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on an echo state network: the document's by default.</summary>
internal sealed record ReservoirExperimentSettings : ExperimentSettings
{
    [Setting("a folder with train.npy", Default = "Lorenz-63, simulated")]
    public string? Data { get; init; }

    [Setting("noise of simulated data, in standard deviations", Least = 0, Most = 10)]
    public double Noise { get; init; } = SimulatedData.Noise;

    [Setting("M, units of the reservoir", Least = 1, Most = 20_000)]
    public int Units { get; init; } = 500;

    [Setting("a, leak rate", Above = 0, Most = 1)]
    public double Leak { get; init; } = 0.6;

    [Setting("rho, of the recurrent weights", Above = 0)]
    public double SpectralRadius { get; init; } = 0.75;

    [Setting("sigma, scale of the input weights", Above = 0)]
    public double InputScale { get; init; } = 0.3;

    [Setting("beta, scale of the bias", Least = 0)]
    public double BiasScale { get; init; } = 0.7;

    [Setting("lambda, on the sum of the squared errors", Least = 0)]
    public double Ridge { get; init; } = 1e-2;

    [Setting("pairs to train on, of which the last of the data are for the test", Least = 10, Unit = "rows")]
    public int Training { get; init; } = 10_000;

    [Setting("rows of the data that are used", Least = 20, Unit = "rows")]
    public int Rows { get; init; } = 20_000;

    [Setting("first states that are left out of the fit", Least = 0, Unit = "steps")]
    public int Washout { get; init; } = 1000;

    [Setting("networks of each size of the line search", Least = 1, Most = 1000)]
    public int Networks { get; init; } = 5;

    [Setting("by which M is divided from one size to the next", Above = 1)]
    public double Factor { get; init; } = 1.33;

    [Setting("the search ends where the mean test error is above so many times that of the first size", Above = 1)]
    public double Limit { get; init; } = 1.1;

    [Setting("seed of NumPy's stream", Least = 0, Most = uint.MaxValue, Demand = "be 0 to 4294967295")]
    public long Seed { get; init; } = 87;

    /// <summary>Whether what is drawn and fitted is what the document draws and fits.</summary>
    public bool AreTheDocuments => this is
    {
        Units: 500, Leak: 0.6, SpectralRadius: 0.75, InputScale: 0.3, BiasScale: 0.7, Ridge: 1e-2, Training: 10_000, Rows: 20_000,
        Washout: 1000, Seed: 87
    };

    public override FormattableString? WhyNot() => Rows <= Training + 1
        ? SettingSentence.Join(
            $"{nameof(Rows):setting} must be more than {nameof(Training):setting} + 1, {Training + 1}: ",
            $"the rest is the test")
        : Washout >= Training ? (FormattableString)$"{nameof(Washout):setting} must be less than {nameof(Training):setting}, {Training}"
        : null;

    public override FormattableString? WhyUnused(string property)
        => property == nameof(Noise) ? SimulatedData.WhyUnused(property, Data) : null;

    public ReservoirCandidate ToCandidate() => new(
        new()
        {
            Units = Units,
            Leak = Leak,
            SpectralRadius = SpectralRadius,
            InputScale = InputScale,
            BiasScale = BiasScale,
            Seed = (ulong)Seed,
            NumpyRandom = true
        },
        Ridge);
}
