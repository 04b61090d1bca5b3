using System.Numerics;
using Attractor.Differentiation;

namespace Attractor.Models;

/// <summary>The parameters of a model on a tape, by tensor: what its forward pass computes with.</summary>
/// <remarks>
/// The values lie in a flat buffer in the order of the model's <see cref="ParameterBuffer"/>, and so does the gradient, which every
/// backward pass replaces.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class TapeParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<ParameterTensor> _tensors;
    private readonly Variable<T>[] _variables;

    /// <summary>The tensors of a model as parts of a row of all its parameters: what a check of its gradient varies.</summary>
    /// <param name="values">1 x the number of parameters, on any tape.</param>
    /// <param name="parameters">The parameters of the model; their own values do not matter.</param>
    /// <exception cref="ArgumentException">The row is not as long as the parameters.</exception>
    public TapeParameters(Variable<T> values, ParameterBuffer parameters)
        : this(values.Tape, (parameters ?? throw new ArgumentNullException(nameof(parameters))).Tensors)
    {
        if (values.Rows != 1 || values.Columns != parameters.Count)
            throw new ArgumentException(
                $"Expected a row of {parameters.Count} parameters, found {values.Rows} x {values.Columns}.", nameof(values));
        for (int i = 0; i < _variables.Length; i++)
        {
            ParameterTensor tensor = _tensors[i];
            Variable<T> part = values.SliceColumns(tensor.Offset, tensor.Count);
            _variables[i] = tensor.Columns == 0 ? part : part.Reshape(tensor.Rows, tensor.Columns);
        }
    }

    internal TapeParameters(Tape<T> tape, IReadOnlyList<ParameterTensor> tensors)
    {
        (Tape, _tensors) = (tape, tensors);
        _variables = new Variable<T>[tensors.Count];
    }

    /// <summary>The tape they are on.</summary>
    public Tape<T> Tape { get; }

    /// <summary>One tensor: a matrix as it is, a vector as one row.</summary>
    /// <exception cref="ArgumentException">It is not one of the model's.</exception>
    public Variable<T> this[ParameterTensor tensor]
        => _variables[tensor.Index < _tensors.Count && ReferenceEquals(_tensors[tensor.Index], tensor)
            ? tensor.Index
            : throw new ArgumentException($"The tensor {tensor.Name} is not of this model.", nameof(tensor))];

    /// <summary>One tensor by its name: a matrix as it is, a vector as one row.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public Variable<T> this[string name]
    {
        get
        {
            for (int i = 0; i < _variables.Length; i++)
                if (_tensors[i].Name == name)
                    return _variables[i];
            throw new ArgumentException(
                $"There is no tensor '{name}'; there are {string.Join(", ", _tensors.Select(t => t.Name))}.", nameof(name));
        }
    }

    /// <summary>Puts all tensors on the tape, which has been reset.</summary>
    /// <param name="values">The flat buffer.</param>
    /// <param name="gradient">As long; null where no gradient is wanted.</param>
    /// <param name="deferred">By tensor, whether its gradient is left in <see cref="Tape{T}.Deferred"/> under
    /// the tensor's index; none if null.</param>
    internal void Put(T* values, T* gradient, bool[]? deferred = null)
    {
        for (int i = 0; i < _variables.Length; i++)
        {
            ParameterTensor tensor = _tensors[i];
            Shape shape = tensor.Columns == 0 ? new(1, tensor.Rows) : new(tensor.Rows, tensor.Columns);
            _variables[i] = Tape.Parameter(shape, values + tensor.Offset, gradient is null ? null : gradient + tensor.Offset, replace: true,
                deferred is not null && deferred[i] ? i + 1 : 0);
        }
    }
}
