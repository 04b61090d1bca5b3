using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>A gated recurrent unit with a learnt initial state.</summary>
internal sealed class GatedEncoder : SequenceEncoder
{
    private readonly int _units;
    private readonly ParameterTensor _inputWeight, _recurrentWeight, _inputBias, _recurrentBias, _initial;

    public GatedEncoder(ParameterLayout layout, SequentialAutoencoderOptions options)
    {
        _units = options.EncoderUnits;
        _inputWeight = layout.Matrix("encoder.weight_ih", 3 * _units, options.Observed);
        _recurrentWeight = layout.Matrix("encoder.weight_hh", 3 * _units, _units);
        _inputBias = layout.Vector("encoder.bias_ih", 3 * _units);
        _recurrentBias = layout.Vector("encoder.bias_hh", 3 * _units);
        _initial = layout.Vector("encoder.initial", _units);
    }

    public override Variable<T> Encode<T>(TapeParameters<T> parameters, Variable<T> x, SequenceLayout layout, TimeDirection direction)
        => GatedRecurrentUnit.Apply(
            x.Affine(parameters[_inputWeight], parameters[_inputBias]),
            parameters[_recurrentWeight],
            parameters[_recurrentBias],
            parameters[_initial],
            layout,
            direction);

    // Uniform within 1 / sqrt(units), what PyTorch does.
    public override void Initialize(Span<double> values, RandomStream random)
    {
        double bound = 1 / Math.Sqrt(_units);
        foreach (ParameterTensor tensor in (ParameterTensor[])[_inputWeight, _recurrentWeight, _inputBias, _recurrentBias])
            foreach (ref double value in values.Slice(tensor.Offset, tensor.Count))
                value = random.NextUniform(-bound, bound);
    }
}
