using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>The settings of an echo state network and of the fit of its readout.</summary>
internal sealed class ReservoirSettings : ReadoutSettings
{
    /// <summary>In the order in which help and config.json list them.</summary>
    public static readonly IReadOnlyList<Setting> Known =
    [
        new("units", SettingKind.Whole, 500L, "M, units of the reservoir [500]"),
        new("layers", SettingKind.Whole, 1L, "reservoirs in a stack, of M units each [1]"),
        new("leak", SettingKind.Number, 0.6, "a, leak rate, above 0 and at most 1 [0.6]"),
        new("spectral_radius", SettingKind.Number, 0.75, "rho, of the recurrent weights [0.75]"),
        new("input_scale", SettingKind.Number, 0.3, "sigma, scale of the input weights, for inputs in the units of the data [0.3]"),
        new("bias_scale", SettingKind.Number, 0.7, "beta, scale of the bias [0.7]"),
        new("connectivity", SettingKind.Number, null, "part of the recurrent weights that is not 0 [10 / M; 1 with --random numpy]"),
        new("input_connectivity", SettingKind.Number, 1.0, "part of the input weights that is not 0 [1]"),
        new("weights", SettingKind.Word, "gaussian", "recurrent weights: gaussian, uniform or bernoulli [gaussian]", "gaussian", "uniform", "bernoulli"),
        new("input_weights", SettingKind.Word, "gaussian", "input weights: gaussian, uniform, bernoulli or constant [gaussian]", "gaussian", "uniform", "bernoulli", "constant"),
        new("bias", SettingKind.Word, "gaussian", "bias: gaussian, uniform, bernoulli or constant [gaussian]", "gaussian", "uniform", "bernoulli", "constant"),
        new("topology", SettingKind.Word, "random", "random, or ring: the simple cycle reservoir [random]", "random", "ring"),
        new("activation", SettingKind.Word, "tanh", "tanh, or identity: a linear reservoir [tanh]", "tanh", "identity"),
        new("readout", SettingKind.Word, "states", "what the readout sees: states, or squares: every second one squared [states]", "states", "squares"),
        new("readout_input", SettingKind.Word, "no", "whether it sees the input as well: yes or no [no]", "yes", "no"),
        new("intercept", SettingKind.Word, "none", "none, free, or penalized like the weights [none]", "none", "free", "penalized"),
        .. Regression(1e-2),
        new("washout", SettingKind.Whole, null, "first states that are left out of the fit [1000, or a tenth of the series]"),
        new("state_noise", SettingKind.Number, 0.0, "Gaussian noise on the states while training [0]"),
        new("random", SettingKind.Word, "attractor", "attractor, or numpy: NumPy's stream, drawn in the order W_in, b, W [attractor]", "attractor", "numpy"),
        new("seed", SettingKind.Whole, 0L, "seed of the weights and the noise [0]"),
        new("dt", SettingKind.Number, 1.0, "time between two rows of the data [1]"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> All => Known;

    public EchoStateNetwork CreateModel(int observed) => new(observed, ToReservoirOptions(), ToFeatures());

    public ReservoirOptions ToReservoirOptions() => new()
    {
        Units = Size("units"),
        Layers = Size("layers"),
        Leak = Number("leak"),
        SpectralRadius = Number("spectral_radius"),
        InputScale = Number("input_scale"),
        BiasScale = Number("bias_scale"),
        Connectivity = (double?)Value("connectivity"),
        InputConnectivity = Number("input_connectivity"),
        Weights = Enum.Parse<WeightDistribution>(Word("weights"), ignoreCase: true),
        InputWeights = Enum.Parse<WeightDistribution>(Word("input_weights"), ignoreCase: true),
        Bias = Enum.Parse<WeightDistribution>(Word("bias"), ignoreCase: true),
        Topology = Enum.Parse<ReservoirTopology>(Word("topology"), ignoreCase: true),
        Activation = Enum.Parse<Activation>(Word("activation"), ignoreCase: true),
        Seed = (ulong)Seed,
        NumpyRandom = Word("random") == "numpy",
    };

    public ReadoutFeatures ToFeatures() => new(Word("readout_input") == "yes", Word("intercept") == "penalized", Word("readout") == "squares");

    /// <param name="pairs">Of the longest series, for a washout that is not given.</param>
    public ReadoutOptions ToReadoutOptions(int pairs)
    {
        if (!IsSet("washout"))
            Set("washout", Math.Min(1000L, pairs / 10));
        return ToRegression() with
        {
            Washout = Size("washout", least: 0),
            StateNoise = Number("state_noise"),
            Intercept = Word("intercept") == "free",
            Seed = (ulong)Seed,
        };
    }
}
