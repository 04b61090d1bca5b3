namespace Attractor.Models;

/// <summary>How a reservoir is drawn. The defaults are those of a network that learns Lorenz-63 from its raw variables.</summary>
public sealed record ReservoirOptions
{
    /// <summary>M, the units of a layer.</summary>
    public int Units { get; init; } = 500;

    /// <summary>Layers, each driven by the one before it; the readout sees all of them.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>a, the leak rate in 0 .. 1: r_t = (1 - a) r_{t-1} + a f(...). 1 for no memory but the recurrent weights'.</summary>
    public double Leak { get; init; } = 0.6;

    /// <summary>rho, the spectral radius that the recurrent weights W are scaled to.</summary>
    public double SpectralRadius { get; init; } = 0.75;

    /// <summary>sigma, the scale of the input weights W_in; of those between layers sigma / sqrt(M).</summary>
    public double InputScale { get; init; } = 0.3;

    /// <summary>beta, the scale of the bias b.</summary>
    public double BiasScale { get; init; } = 0.7;

    /// <summary>The scale of the feedback weights W_fb.</summary>
    public double FeedbackScale { get; init; } = 1;

    /// <summary>
    /// The part of the recurrent weights of each unit that is not 0; min(1, 10 / M) if null, 1 with <see cref="NumpyRandom"/>.
    /// </summary>
    public double? Connectivity { get; init; }

    /// <summary>The part of the input weights of each unit that is not 0 (at least one of them).</summary>
    public double InputConnectivity { get; init; } = 1;

    /// <summary>What W is drawn from.</summary>
    public WeightDistribution Weights { get; init; } = WeightDistribution.Gaussian;

    /// <summary>What W_in and W_fb are drawn from.</summary>
    public WeightDistribution InputWeights { get; init; } = WeightDistribution.Gaussian;

    /// <summary>What b is drawn from.</summary>
    public WeightDistribution Bias { get; init; } = WeightDistribution.Gaussian;

    /// <summary>Which units are connected.</summary>
    public ReservoirTopology Topology { get; init; } = ReservoirTopology.Random;

    /// <summary>f.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Seed of the draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Whether to draw from NumPy's legacy stream after <c>np.random.seed(seed)</c>, in the order W_in (row by row), b, W, so that
    /// published results can be matched number for number; else from the project's own.
    /// </summary>
    public bool NumpyRandom { get; init; }

    /// <summary>The part of W that is not 0, resolved.</summary>
    public double ResolvedConnectivity => Connectivity ?? (NumpyRandom ? 1 : Math.Min(1, 10.0 / Units));

    /// <summary>Throws what drawing a reservoir by these options would throw because one of them is out of its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which and how to mend it.</exception>
    public void Check()
    {
        Require(Units is >= 1 and <= 100_000, "units", Units, "1 to 100000");
        Require(Layers is >= 1 and <= 100, "layers", Layers, "1 to 100");
        Require(Leak is > 0 and <= 1, "leak", Leak, "above 0 and at most 1");
        Require(SpectralRadius is >= 0 && double.IsFinite(SpectralRadius), "spectral radius", SpectralRadius, "a number of at least 0");
        Require(double.IsFinite(InputScale) && InputScale >= 0, "input scale", InputScale, "a number of at least 0");
        Require(double.IsFinite(BiasScale) && BiasScale >= 0, "bias scale", BiasScale, "a number of at least 0");
        Require(double.IsFinite(FeedbackScale) && FeedbackScale >= 0, "feedback scale", FeedbackScale, "a number of at least 0");
        Require(Connectivity is null or (> 0 and <= 1), "connectivity", Connectivity ?? 0, "above 0 and at most 1");
        Require(InputConnectivity is > 0 and <= 1, "input connectivity", InputConnectivity, "above 0 and at most 1");
        Require(!NumpyRandom || Seed <= uint.MaxValue, "seed of NumPy's stream", Seed, "0 to 4294967295");
    }

    private static void Require(bool condition, string name, double value, string expected)
    {
        if (!condition)
            throw new ArgumentException(FormattableString.Invariant($"The {name} must be {expected}, not {value}."));
    }
}
