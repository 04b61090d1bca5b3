using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// q(z_t | z_{t-1}, x_{t:T}): c_t = (tanh(W p + b) + h_t) / 2 with h read backward in time, mean = M c_t + D p + m, log variance = V
/// c_t + v (the combiner of Krishnan, Shalit and Sontag, AAAI 2017, with the linear path D beside it, by which the posterior of a linear
/// chain is within reach). p is z_{t-1} itself, D from 0; or, if it corrects a prior, that prior's mean given z_{t-1}, D from the identity.
/// </summary>
internal sealed class SmoothingNetwork(ParameterLayout layout, SequentialAutoencoderOptions options, SequencePrior? corrected)
    : InferenceNetwork
{
    private readonly SequenceEncoder _encoder = SequenceEncoder.Create(layout, options);
    private readonly AffineLayer _combiner = new(layout, "posterior.combiner", options.Latent, options.EncoderUnits);
    private readonly AffineLayer _mean = new(layout, "posterior.mean", options.EncoderUnits, options.Latent);
    private readonly AffineLayer _logVariance = new(layout, "posterior.log_variance", options.EncoderUnits, options.Latent);
    private readonly ParameterTensor _linear = layout.Matrix("posterior.linear", options.Latent, options.Latent);
    private readonly ParameterTensor? _initial = corrected is null ? layout.Vector("posterior.initial", options.Latent) : null;

    public override SequencePosterior<T> Infer<T>(TapeParameters<T> parameters, SequenceInput<T> input, Variable<T> noise)
    {
        SequenceLayout layout = input.Layout;
        Variable<T> h = _encoder.Encode(parameters, input.X, layout, TimeDirection.Backward) * 0.5;
        // What does not wait for z_{t-1} is done for all steps at once.
        Variable<T> ofMean = _mean.Apply(parameters, h), ofLogVariance = _logVariance.Apply(parameters, h);
        Variable<T> toMean = parameters[_mean.Weight].Transpose(),
            toLogVariance = parameters[_logVariance.Weight].Transpose(), linear = parameters[_linear].Transpose();
        Variable<T>[] z = new Variable<T>[layout.Steps],
            means = new Variable<T>[layout.Steps], logVariances = new Variable<T>[layout.Steps];
        Variable<T> first = _initial is null ? corrected!.First(parameters)!.Value.Mean : parameters[_initial],
            before = first.GatherRows(new int[layout.Sequences]);
        for (int t = 0; t < layout.Steps; t++)
        {
            int start = layout.Offsets[t], active = layout.Active(t);
            if (before.Rows > active)
                before = before.SliceRows(0, active);
            if (corrected is not null && t > 0)
                before = corrected.Transition!.Next(parameters, before).Mean;
            Variable<T> c = _combiner.Apply(parameters, before).Tanh() * 0.5;
            means[t] = ofMean.SliceRows(start, active) + Variable<T>.Product(c, toMean) + Variable<T>.Product(before, linear);
            logVariances[t] = ofLogVariance.SliceRows(start, active) + Variable<T>.Product(c, toLogVariance);
            before = z[t] = new DiagonalPosterior<T>(means[t], logVariances[t]).Reparameterize(noise.SliceRows(start, active));
        }
        return new(Variable<T>.ConcatenateRows(z), new(Variable<T>.ConcatenateRows(means), Variable<T>.ConcatenateRows(logVariances)));
    }

    public override void Initialize(Span<double> values, RandomStream random)
    {
        _encoder.Initialize(values, random);
        _combiner.Initialize(values, random);
        _mean.Initialize(values, random);
        _logVariance.Initialize(values, random);
        for (int i = 0; corrected is not null && i < options.Latent; i++)
            values[_linear.Offset + (i * (options.Latent + 1))] = 1;
    }
}
