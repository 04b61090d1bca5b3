namespace Attractor.Models;

/// <summary>Lays tensors one behind the other in a flat buffer, as the parts of a model ask for them.</summary>
internal sealed class ParameterLayout
{
    private readonly List<ParameterTensor> _tensors = [];
    private int _count;

    /// <summary>All of them so far.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>A matrix.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="affine">Whether it is the weights of affine layers and used in nothing else.</param>
    public ParameterTensor Matrix(string name, int rows, int columns, bool affine = false) => Add(name, rows, columns, affine);

    /// <summary>A vector.</summary>
    /// <param name="name">Its name, of which there is no other.</param>
    /// <param name="length">Its length.</param>
    public ParameterTensor Vector(string name, int length) => Add(name, length, 0, affine: false);

    private ParameterTensor Add(string name, int rows, int columns, bool affine)
    {
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
