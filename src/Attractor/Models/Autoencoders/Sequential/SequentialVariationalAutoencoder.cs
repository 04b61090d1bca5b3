using System.Globalization;
using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// A variational autoencoder of sequences, also called a dynamical VAE or a deep Markov model: x_t ~ p(x_t | z_t) by a decoder,
/// z_t ~ p(z_t | z_{t-1}) by a prior that may be learnt, and a recurrent encoder that gives q(z_{1:T} | x_{1:T}) (Krishnan, Shalit, Sontag,
/// "Structured inference networks for nonlinear state space models", AAAI 2017; Girin et al., "Dynamical variational autoencoders: a
/// comprehensive review", Foundations and Trends in Machine Learning 2021).
/// </summary>
/// <remarks>
/// Where the prior is a recurrent network, <see cref="ToRecurrentModel"/> gives the learnt dynamics as a map by itself. Sequences may
/// differ in length, and values may be missing (NaN): they count in no likelihood and are 0 to the encoder. What is learnt, without how.
/// Reading is thread-safe; setting parameters is not.
/// </remarks>
public sealed partial class SequentialVariationalAutoencoder : IStandardizable
{
    /// <summary>The kind as commands and files name it.</summary>
    public const string KindName = "seqvae";

    private readonly InferenceNetwork _inference;
    private readonly SequencePrior _prior;
    private readonly AffineStack _decoder;
    private readonly AffineLayer _output;
    private readonly ParameterLayout _layout;
    private Standardization? _standardization;

    /// <summary>A model with random parameters.</summary>
    /// <exception cref="ArgumentException">A size or choice is impossible; the message says which.</exception>
    public SequentialVariationalAutoencoder(SequentialAutoencoderOptions options)
        : this(options, new ParameterLayout())
    {
        Parameters = new(_layout);
        Initialize(options.Seed);
    }

    // The tensors, and no values yet.
    private SequentialVariationalAutoencoder(SequentialAutoencoderOptions options, ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (Options, _layout, Parameters) = (options, layout, new([]));
        _prior = new(layout, options);
        _inference = options.Inference switch
        {
            SequentialInference.Filtering => new FilteringNetwork(layout, options),
            SequentialInference.Smoothing => new SmoothingNetwork(layout, options, null),
            _ => new SmoothingNetwork(layout, options, _prior),
        };
        _decoder = new(layout, "decoder", options.Latent, options.DecoderLayers, options.Activation);
        _output = new(layout, "decoder.output", _decoder.Outputs, options.Observed);
        Observation = new(layout, options.Observation, options.Observed);
    }

    /// <summary>The structure it was made from.</summary>
    public SequentialAutoencoderOptions Options { get; }

    /// <summary>D, the observed variables.</summary>
    public int Observed => Options.Observed;

    /// <summary>L, the latent variables at each step.</summary>
    public int Latent => Options.Latent;

    /// <summary>
    /// All parameters: <c>encoder.</c>, <c>posterior.</c>, <c>transition.</c>, <c>initial.</c> and <c>decoder.</c> tensors.
    /// </summary>
    public ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Latent} latent variables, {KebabCase.Of(Options.Encoder)} encoder of {Options.EncoderUnits} units "
        + $"({KebabCase.Of(Options.Inference)}), {KebabCase.Of(Options.Transition)} prior");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The variables are not real, or as everywhere.</exception>
    public Standardization? Standardization
    {
        get => _standardization;
        set
        {
            value?.Require(Observed);
            if (value is not null && Options.Observation.Support != Domain.Real)
                throw new ArgumentException($"{Options.Observation.Family} observations are not real variables: they have no units.");
            _standardization = value;
        }
    }

    internal ObservedVariables Observation { get; }

    /// <summary>How many parameters a model would have, without making it.</summary>
    /// <exception cref="ArgumentException">A size or choice is impossible, or there would be too many.</exception>
    public static long CountParameters(SequentialAutoencoderOptions options)
        => new SequentialVariationalAutoencoder(options, new ParameterLayout())._layout.Count;

    /// <summary>
    /// The learnt dynamics z' = F(z) as a recurrent network of which all units are observed: the mean of the transition. A linear
    /// transition becomes a shallow PLRNN that is linear, exactly.
    /// </summary>
    /// <exception cref="InvalidOperationException">The prior has no such map.</exception>
    public RecurrentModel ToRecurrentModel()
        => _prior.Transition?.ToRecurrentModel(Parameters.Values)
            ?? throw new InvalidOperationException(
                $"A {KebabCase.Of(Options.Transition)} prior is no recurrent network; those of the kinds linear, plrnn, shplrnn and "
                + $"clipped-shplrnn are.");

    /// <summary>One draw of the latent variables of some sequences, and the terms of the bound at it.</summary>
    /// <param name="parameters">On the tape.</param>
    /// <param name="input">The sequences.</param>
    /// <param name="noise">Standard normal, rows x L.</param>
    internal SequenceBound<T> Bound<T>(TapeParameters<T> parameters, SequenceInput<T> input, Variable<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Bound(parameters, input, _inference.Infer(parameters, input, noise), noise);

    /// <summary>The terms of the bound at a draw of a given posterior.</summary>
    internal SequenceBound<T> Bound<T>(
        TapeParameters<T> parameters, SequenceInput<T> input, SequencePosterior<T> posterior, Variable<T> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T> logLikelihood = Observation.LogLikelihood(parameters, Decode(parameters, posterior.Z), input.X);
        if (input.Present is { } present)
            logLikelihood *= present;
        return new(logLikelihood.SumOverColumns(), _prior.Moments(parameters, posterior.Z, input.Layout), posterior, noise);
    }

    /// <summary>The decoder's output, n x D, of every row of z (n x L).</summary>
    internal Variable<T> Decode<T>(TapeParameters<T> parameters, Variable<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => _output.Apply(parameters, _decoder.Apply(parameters, z));

    private void Initialize(ulong seed)
    {
        double[] values = new double[Parameters.Count];
        RandomStream random = new(seed, "parameters");
        _inference.Initialize(values, random);
        _prior.Initialize(values, random);
        _decoder.Initialize(values, random);
        _output.Initialize(values, random);
        Observation.Initialize(values);
        Parameters.Set(values);
    }
}
