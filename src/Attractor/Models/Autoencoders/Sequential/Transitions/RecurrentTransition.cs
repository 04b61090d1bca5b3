using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>N(F(z), diag exp(log variance)) with F one of the piecewise-linear recurrent networks.</summary>
internal sealed class RecurrentTransition : Transition
{
    private readonly RecurrentParameters _network;
    private readonly ParameterTensor _logVariance;
    private readonly Lazy<Recurrence<float>> _single;
    private readonly Lazy<Recurrence<double>> _double;

    public RecurrentTransition(ParameterLayout layout, string kind, SequentialAutoencoderOptions options)
    {
        _network = new(layout, "transition", kind, options.Latent, options.TransitionHidden);
        _logVariance = layout.Vector("transition.log_variance", options.Latent);
        (_single, _double) = (new(() => new(_network.Form, 1)), new(() => new(_network.Form, 1)));
    }

    public override DiagonalPosterior<T> Next<T>(TapeParameters<T> parameters, Variable<T> z)
    {
        object step = typeof(T) == typeof(float) ? _single.Value : _double.Value;
        return new(((Recurrence<T>)step).Apply(_network.Row(parameters), z), parameters[_logVariance]);
    }

    public override void Initialize(Span<double> values, RandomStream random) => _network.Initialize(values, random.NextUInt64());

    public override RecurrentModel ToRecurrentModel(ReadOnlySpan<double> values) => _network.ToModel(values);
}
