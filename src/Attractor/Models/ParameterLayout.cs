namespace Attractor.Models;

/// <summary>
/// Lays tensors one behind the other in a flat buffer, as the parts of a model ask for them; a
/// <see cref="ParameterBuffer"/> then holds their values.
/// </summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterTensor> _tensors = [];

    /// <summary>All of them so far.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>How many values they have together.</summary>
    public int Count { get; private set; }

    /// <summary>A matrix.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="restingValue">What an L2 penalty draws it towards; not a number where none should.</param>
    /// <exception cref="ArgumentException">There is one of that name, or there would be too many parameters.</exception>
    public ParameterTensor Matrix(string name, int rows, int columns, double restingValue = 0)
        => Add(name, rows, columns, restingValue, affine: false);

    /// <summary>A vector.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="length">Its length.</param>
    /// <param name="restingValue">What an L2 penalty draws it towards; not a number where none should.</param>
    /// <exception cref="ArgumentException">There is one of that name, or there would be too many parameters.</exception>
    public ParameterTensor Vector(string name, int length, double restingValue = 0) => Add(name, length, 0, restingValue, affine: false);

    /// <summary>The weights of affine layers (outputs x inputs), which are used in nothing else.</summary>
    internal ParameterTensor Weights(string name, int outputs, int inputs) => Add(name, outputs, inputs, 0, affine: true);

    private ParameterTensor Add(string name, int rows, int columns, double restingValue, bool affine)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        if (_tensors.Exists(t => t.Name == name))
            throw new ArgumentException($"There are two tensors '{name}'.", nameof(name));
        long end = Count + ((long)rows * Math.Max(1, columns));
        if (end > Array.MaxLength)
            throw new ArgumentException(
                $"With the tensor {name} ({rows} x {columns}) a model has {end:N0} parameters, more than "
                + $"the {Array.MaxLength:N0} there can be.",
                nameof(rows));
        ParameterTensor tensor = new(name, rows, columns, Count, restingValue) { Index = _tensors.Count, IsAffine = affine };
        _tensors.Add(tensor);
        Count = (int)end;
        return tensor;
    }
}
