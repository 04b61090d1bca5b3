using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The settings of an echo state network and of the fit of its readout.</summary>
[InheritedSettings(nameof(Ridge), nameof(Select), nameof(HeldOut))]
[SettingsGroup(SettingGroup.Model)]
public sealed record ReservoirSettings : ReadoutSettings
{
    private static readonly ReservoirOptions s_defaults = new();

    /// <summary>M.</summary>
    [Setting("M, units of the reservoir", Least = 1, IsSearched = true, IsScale = true)]
    public int Units { get; init; } = s_defaults.Units;

    /// <summary>Reservoirs in a stack.</summary>
    [Setting("reservoirs in a stack, of M units each", Least = 1)]
    public int Layers { get; init; } = s_defaults.Layers;

    /// <summary>a.</summary>
    [Setting("a, leak rate, above 0 and at most 1", IsSearched = true)]
    public double Leak { get; init; } = s_defaults.Leak;

    /// <summary>rho.</summary>
    [Setting("rho, of the recurrent weights", IsSearched = true)]
    public double SpectralRadius { get; init; } = s_defaults.SpectralRadius;

    /// <summary>sigma.</summary>
    [Setting("sigma, scale of the input weights, for inputs as the model takes them, see standardize", IsSearched = true, IsScale = true)]
    public double InputScale { get; init; } = s_defaults.InputScale;

    /// <summary>beta.</summary>
    [Setting("beta, scale of the bias", IsSearched = true, IsScale = true)]
    public double BiasScale { get; init; } = s_defaults.BiasScale;

    /// <summary>The part of the recurrent weights that is not 0; null for 10 / M, or 1 of NumPy's stream.</summary>
    [Setting("part of the recurrent weights that is not 0", Default = "10 / M; 1 where random is numpy", IsSearched = true, IsScale = true)]
    public double? Connectivity { get; init; } = s_defaults.Connectivity;

    /// <summary>The part of the input weights that is not 0.</summary>
    [Setting("part of the input weights that is not 0")]
    public double InputConnectivity { get; init; } = s_defaults.InputConnectivity;

    /// <summary>The distribution of the recurrent weights.</summary>
    [Setting("recurrent weights: gaussian, uniform or bernoulli", Words = ["gaussian", "uniform", "bernoulli"])]
    public WeightDistribution Weights { get; init; } = s_defaults.Weights;

    /// <summary>The distribution of the input weights.</summary>
    [Setting("input weights: gaussian, uniform, bernoulli or constant")]
    public WeightDistribution InputWeights { get; init; } = s_defaults.InputWeights;

    /// <summary>The distribution of the bias.</summary>
    [Setting("bias: gaussian, uniform, bernoulli or constant")]
    public WeightDistribution Bias { get; init; } = s_defaults.Bias;

    /// <summary>Which units are coupled.</summary>
    [Setting("random, or ring: the simple cycle reservoir")]
    public ReservoirTopology Topology { get; init; } = s_defaults.Topology;

    /// <summary>The nonlinearity.</summary>
    [Setting("tanh, or identity: a linear reservoir")]
    public Activation Activation { get; init; } = s_defaults.Activation;

    /// <summary>What the readout sees of the states.</summary>
    [Setting("what the readout sees: states, or squares: every second one squared")]
    public ReadoutStates Readout { get; init; } = ReadoutStates.States;

    /// <summary>Whether the readout sees the input as well.</summary>
    [Setting("whether it sees the input as well: yes or no")]
    public bool ReadoutInput { get; init; }

    /// <summary>The intercept of the readout.</summary>
    [Setting("none, free, or penalized like the weights")]
    public ReadoutIntercept Intercept { get; init; } = ReadoutIntercept.None;

    /// <inheritdoc/>
    [Setting("lambda, on the sum of the squared errors", IsSearched = true, IsScale = true, Group = SettingGroup.Learning)]
    public override double Ridge { get; init; } = new ReadoutOptions().Ridge;

    /// <summary>First states that are left out of the fit.</summary>
    [Setting("first states that are left out of the fit", Default = "1000, or a tenth of the series", Least = 0, Unit = "steps",
        Group = SettingGroup.Learning)]
    public int? Washout { get; init; }

    /// <summary>Gaussian noise on the states while training.</summary>
    [Setting("Gaussian noise on the states while training", Group = SettingGroup.Learning)]
    public double StateNoise { get; init; }

    /// <summary>The random stream that the weights are drawn from.</summary>
    [Setting("attractor, or numpy: NumPy's stream, drawn in the order W_in, b, W", Group = SettingGroup.Advanced)]
    public WeightStream Random { get; init; } = WeightStream.Attractor;

    /// <inheritdoc/>
    [Setting("seed of the weights and the noise", Least = 0, Demand = "not be negative", Group = SettingGroup.Learning)]
    public override long Seed { get; init; }

    /// <summary>The same with every value that depends on the data.</summary>
    /// <param name="pairs">Pairs of input and target of the longest series.</param>
    public ReservoirSettings Resolve(int pairs) => Washout is null ? this with { Washout = Math.Min(1000, pairs / 10) } : this;

    /// <summary>A network with its weights drawn.</summary>
    public EchoStateNetwork CreateModel(int observed)
    {
        ReservoirOptions options = ToReservoirOptions();
        // What cannot be at all is said first.
        options.Check();
        MemoryNeed.Require(units => BytesOf(options with { Units = (int)units }), Units, $"{nameof(Units):setting}");
        return new(observed, options, ToFeatures());
    }

    // The weights, dense ones with the copies of which their spectral radius is found, and the products of all pairs of states.
    private static double BytesOf(ReservoirOptions options)
    {
        const double CopiesOfWeights = 3, CopiesOfProducts = 3, MostSparse = 0.25;
        double connectivity = options.ResolvedConnectivity, all = (double)options.Units * options.Units,
            states = (double)options.Units * options.Layers,
            drawn = options.Layers * all * (connectivity > MostSparse ? CopiesOfWeights : 2 * connectivity);
        return sizeof(double) * (drawn + (CopiesOfProducts * states * states));
    }

    /// <summary>The reservoir.</summary>
    public ReservoirOptions ToReservoirOptions() => new()
    {
        Units = Units,
        Layers = Layers,
        Leak = Leak,
        SpectralRadius = SpectralRadius,
        InputScale = InputScale,
        BiasScale = BiasScale,
        Connectivity = Connectivity,
        InputConnectivity = InputConnectivity,
        Weights = Weights,
        InputWeights = InputWeights,
        Bias = Bias,
        Topology = Topology,
        Activation = Activation,
        Seed = (ulong)Seed,
        NumpyRandom = Random == WeightStream.Numpy,
    };

    /// <summary>What the readout sees.</summary>
    public ReadoutFeatures ToFeatures() => new(ReadoutInput, Intercept == ReadoutIntercept.Penalized, Readout == ReadoutStates.Squares);

    /// <summary>How the readout is fitted, of resolved settings.</summary>
    public ReadoutOptions ToReadoutOptions() => ToRegression() with
    {
        Washout = Washout ?? throw new InvalidOperationException("The washout depends on the data: resolve the settings."),
        StateNoise = StateNoise,
        Intercept = Intercept == ReadoutIntercept.Free,
        Seed = (ulong)Seed,
    };
}
