namespace Attractor.Models;

/// <summary>Lays tensors one behind the other in a flat buffer, as the parts of a model ask for them; a <see cref="ParameterBuffer"/> then holds their values.</summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterTensor> _tensors = [];
    private int _count;

    /// <summary>All of them so far.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>A matrix.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <exception cref="ArgumentException">There is such a name, or a size is not positive, or there are too many parameters.</exception>
    public ParameterTensor Matrix(string name, int rows, int columns) => Matrix(name, rows, columns, affine: false);

    /// <summary>A matrix that may be the weights of affine layers and used in nothing else.</summary>
    internal ParameterTensor Matrix(string name, int rows, int columns, bool affine)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        return Add(name, rows, columns, affine);
    }

    /// <summary>A vector.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="length">Its length, at least 1.</param>
    /// <exception cref="ArgumentException">There is such a name, or the length is not positive, or there are too many parameters.</exception>
    public ParameterTensor Vector(string name, int length) => Add(name, length, 0, affine: false);

    private ParameterTensor Add(string name, int rows, int columns, bool affine)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        if (_tensors.Exists(t => t.Name == name))
            throw new ArgumentException($"There are two tensors '{name}'.", nameof(name));
        long end = _count + ((long)rows * Math.Max(1, columns));
        if (end > Array.MaxLength)
            throw new ArgumentException($"With the tensor {name} ({rows} x {columns}) a model has {end:N0} parameters, more than the {Array.MaxLength:N0} there can be.", nameof(rows));
        ParameterTensor tensor = new(name, rows, columns, _count) { Index = _tensors.Count, IsAffine = affine };
        _tensors.Add(tensor);
        _count = (int)end;
        return tensor;
    }
}
