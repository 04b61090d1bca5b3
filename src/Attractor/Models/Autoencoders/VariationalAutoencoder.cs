using System.Globalization;
using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// A variational autoencoder (Kingma and Welling, "Auto-encoding variational Bayes", ICLR 2014; Rezende, Mohamed and
/// Wierstra, ICML 2014): z ~ N(0, I), x ~ p(x | z) by a decoder of affine layers, and an encoder of the same form that
/// gives q(z | x) = N(mu(x), diag sigma^2(x)).
/// </summary>
/// <remarks>
/// Values may be missing (NaN): they count in no likelihood, and are 0 to the encoder where the model is standardised, the mean of a count,
/// 1/2 of a binary variable. What is learnt, without how. Reading is thread-safe; setting parameters is not.
/// </remarks>
public sealed partial class VariationalAutoencoder : IStandardizable
{
    /// <summary>The kind as commands and files name it.</summary>
    public const string KindName = "vae";

    private readonly AffineStack _encoder, _decoder;
    private readonly AffineLayer _mean, _logVariance, _output;
    private Standardization? _standardization;

    /// <summary>A model with random parameters: weights and biases uniform within 1 / sqrt(inputs of the layer), variances 1.</summary>
    /// <exception cref="ArgumentException">A size or choice is impossible; the message says which.</exception>
    public VariationalAutoencoder(AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        ParameterLayout layout = new();
        _encoder = new(layout, "encoder", options.Observed, options.Layers, options.Activation);
        _mean = new(layout, "encoder.mean", _encoder.Outputs, options.Latent, exclusive: true);
        _logVariance = new(layout, "encoder.log_variance", _encoder.Outputs, options.Latent, exclusive: true);
        _decoder = new(layout, "decoder", options.Latent, [.. options.Layers.Reverse()], options.Activation);
        _output = new(layout, "decoder.output", _decoder.Outputs, options.Observed, exclusive: true);
        Observation = new(layout, options.Observation, options.Observed);
        Parameters = new(layout.Tensors);
        Initialize(options.Seed);
    }

    /// <summary>The structure it was made from.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>D, the observed variables.</summary>
    public int Observed => Options.Observed;

    /// <summary>L, the latent variables.</summary>
    public int Latent => Options.Latent;

    /// <summary>All parameters: of each layer <c>weight</c> (outputs x inputs) and <c>bias</c>.</summary>
    public ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join("-", (int[])[Observed, .. Options.Layers, Latent])} and back, {Options.Activation switch
        {
            LayerActivation.LeakyRelu => "leaky ReLU",
            LayerActivation.Relu => "ReLU",
            var other => other.ToString().ToLowerInvariant(),
        }}");

    /// <inheritdoc/>
    /// <remarks>
    /// Real variables are standardised as a whole. Those of another support, such as counts, are observed as they are; what the encoder
    /// sees of them is standardised, and the decoder's output is in <see cref="ObservationModel.OutputUnits"/>.
    /// </remarks>
    public Standardization? Standardization
    {
        get => _standardization;
        set
        {
            value?.Require(Observed);
            _standardization = value;
        }
    }

    internal ObservedVariables Observation { get; }

    /// <summary>The units in which x is observed; null where it is observed as it is given.</summary>
    internal Standardization? Units => Options.Observation.Support == Domain.Real ? _standardization : null;

    /// <summary>q(z | x) of every row of x (n x D).</summary>
    internal DiagonalPosterior<T> Encode<T>(TapeParameters<T> parameters, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_standardization is { } units && Units is null)
            x = (x - Row(x.Tape, units.Mean)) * Row(x.Tape, [.. units.Scale.Select(s => 1 / s)]);
        Variable<T> hidden = _encoder.Apply(parameters, x);
        return new(_mean.Apply(parameters, hidden), _logVariance.Apply(parameters, hidden));
    }

    /// <summary>The decoder's output, n x D, of every row of z (n x L).</summary>
    internal Variable<T> Decode<T>(TapeParameters<T> parameters, Variable<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T> output = _output.Apply(parameters, _decoder.Apply(parameters, z));
        if (_standardization is not { } units || Units is not null)
            return output;
        // A log rate of order one would be a long way from that of large counts.
        (double Mean, double Scale)[] own = [.. units.Mean.Select(m => Options.Observation.OutputUnits(m) ?? (0, 1))];
        return (output * Row(output.Tape, [.. own.Select(u => u.Scale)])) + Row(output.Tape, [.. own.Select(u => u.Mean)]);
    }

    private static Variable<T> Row<T>(Tape<T> tape, IReadOnlyList<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => tape.Constant(new(1, values.Count), [.. values.Select(T.CreateTruncating)]);

    private void Initialize(ulong seed)
    {
        double[] values = new double[Parameters.Count];
        RandomStream random = new(seed, "parameters");
        _encoder.Initialize(values, random);
        _mean.Initialize(values, random);
        _logVariance.Initialize(values, random);
        _decoder.Initialize(values, random);
        _output.Initialize(values, random);
        Observation.Initialize(values);
        Parameters.Set(values);
    }
}
