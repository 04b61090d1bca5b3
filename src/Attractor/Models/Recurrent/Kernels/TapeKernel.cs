using System.Numerics;
using System.Numerics.Tensors;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A map that is written on the tape, as a kernel: the lanes are the rows of a matrix of states. The adjoint carries a step out again.
/// </summary>
internal sealed unsafe class TapeKernel<T> : RecurrentKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TapeRecurrentModel _model;
    private readonly Tape<T> _tape = new(threads: 1);
    private readonly TapeParameters<T> _parameters;
    private readonly AlignedBuffer<T> _values, _gradient, _sums, _rows;

    public TapeKernel(TapeRecurrentModel model)
    {
        _model = model;
        _parameters = new(_tape, model.Parameters.Tensors);
        int count = model.ParameterCount;
        (_values, _gradient, _sums, _rows) = (new(count), new(count), new(count), new((long)Lanes * model.Latent));
    }

    public override int StateRows => _model.Latent;

    public override int TapeRows => 0;

    public override int AdjointRows => 0;

    public override void Load(T* parameters) => new Span<T>(parameters, (int)_values.Length).CopyTo(_values.Span);

    public override void Forward(T* z, T* tape, T* next)
    {
        Variable<T> image = Step(z, null, out _);
        fixed (T* rows = image.Value)
            RowPanel<T>.Load(rows, Lanes, StateRows, next);
    }

    public override void Backward(T* z, T* tape, T* gradientNext, T* adjoint, T* gradient)
    {
        Variable<T> image = Step(z, _gradient.Pointer, out Variable<T> states);
        RowPanel<T>.Store(gradientNext, _rows.Pointer, Lanes, StateRows);
        _tape.Backward(image, _rows.Span);
        fixed (T* rows = states.Gradient)
            RowPanel<T>.Load(rows, Lanes, StateRows, gradient);
        TensorPrimitives.Add(_sums.Span, _gradient.Span, _sums.Span);
    }

    // Each step has added its own.
    public override void AccumulateGradient(T* z, T* tape, T* gradientNext, T* adjoint, int steps)
    {
    }

    public override void StoreGradient(T* gradient)
    {
        Span<T> target = new(gradient, (int)_sums.Length);
        TensorPrimitives.Add(target, _sums.Span, target);
        _sums.Clear();
    }

    public override void Dispose()
    {
        _tape.Dispose();
        _values.Dispose();
        _gradient.Dispose();
        _sums.Dispose();
        _rows.Dispose();
    }

    private Variable<T> Step(T* z, T* gradient, out Variable<T> states)
    {
        _tape.Reset();
        _parameters.Put(_values.Pointer, gradient);
        RowPanel<T>.Store(z, _rows.Pointer, Lanes, StateRows);
        Shape shape = new(Lanes, StateRows);
        states = gradient is null ? _tape.Constant(shape, _rows.Span) : _tape.Variable(shape, _rows.Span);
        Variable<T> image = _model.Step(_parameters, states);
        return image.Shape == shape ? image : throw new InvalidOperationException(
            $"A step of {_model.Kind} from states of {shape} must lead to as many, found {image.Shape}.");
    }
}
