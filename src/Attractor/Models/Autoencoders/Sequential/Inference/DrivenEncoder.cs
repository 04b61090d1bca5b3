using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A piecewise-linear recurrent network driven by the data: h_t = F(h_{t-1}) + C x_t.</summary>
internal sealed class DrivenEncoder : SequenceEncoder
{
    private readonly RecurrentParameters _network;
    private readonly ParameterTensor _input;
    private readonly Lazy<DrivenRecurrence<float>> _single;
    private readonly Lazy<DrivenRecurrence<double>> _double;

    public DrivenEncoder(ParameterLayout layout, string kind, SequentialAutoencoderOptions options)
    {
        _network = new(layout, "encoder", kind, options.EncoderUnits, options.EncoderHidden);
        _input = layout.Matrix("encoder.C", options.EncoderUnits, options.Observed);
        (_single, _double) = (new(() => new(_network.Form)), new(() => new(_network.Form)));
    }

    public override Variable<T> Encode<T>(TapeParameters<T> parameters, Variable<T> x, SequenceLayout layout, TimeDirection direction)
    {
        object recurrence = typeof(T) == typeof(float) ? _single.Value : _double.Value;
        return ((DrivenRecurrence<T>)recurrence).Apply(
            _network.Row(parameters), Variable<T>.Product(x, parameters[_input], transposeB: true), layout, direction);
    }

    public override void Initialize(Span<double> values, RandomStream random)
    {
        _network.Initialize(values, random.NextUInt64());
        double bound = 1 / Math.Sqrt(_input.Columns);
        foreach (ref double value in values.Slice(_input.Offset, _input.Count))
            value = random.NextUniform(-bound, bound);
    }
}
