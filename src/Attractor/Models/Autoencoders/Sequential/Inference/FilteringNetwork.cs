using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>q(z_t | x_{1:t}) = N(mean(h_t), diag exp(log variance(h_t))), h read forward in time.</summary>
internal sealed class FilteringNetwork(ParameterLayout layout, SequentialAutoencoderOptions options) : InferenceNetwork
{
    private readonly SequenceEncoder _encoder = SequenceEncoder.Create(layout, options);
    private readonly AffineLayer _mean = new(layout, "posterior.mean", options.EncoderUnits, options.Latent);
    private readonly AffineLayer _logVariance = new(layout, "posterior.log_variance", options.EncoderUnits, options.Latent);

    public override SequencePosterior<T> Infer<T>(TapeParameters<T> parameters, SequenceInput<T> input, Variable<T> noise)
    {
        Variable<T> h = _encoder.Encode(parameters, input.X, input.Layout, TimeDirection.Forward);
        DiagonalPosterior<T> moments = new(_mean.Apply(parameters, h), _logVariance.Apply(parameters, h));
        return new(moments.Reparameterize(noise), moments);
    }

    public override void Initialize(Span<double> values, RandomStream random)
    {
        _encoder.Initialize(values, random);
        _mean.Initialize(values, random);
        _logVariance.Initialize(values, random);
    }
}
