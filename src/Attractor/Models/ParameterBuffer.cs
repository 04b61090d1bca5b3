namespace Attractor.Models;

/// <summary>
/// All parameters of a model in one flat float64 buffer with named views. An optimiser, a clip and a file need to know
/// nothing else of a model. A model trained in float32 holds float32 values, exactly.
/// </summary>
/// <remarks>Reading is thread-safe; setting is not.</remarks>
public sealed class ParameterBuffer
{
    private readonly double[] _values;

    /// <summary>Zeros for all tensors of a layout.</summary>
    /// <param name="layout">The tensors; those that are laid out later are not in the buffer.</param>
    public ParameterBuffer(ParameterLayout layout)
        : this([.. (layout ?? throw new ArgumentNullException(nameof(layout))).Tensors])
    {
    }

    internal ParameterBuffer(IReadOnlyList<ParameterTensor> tensors)
    {
        Tensors = tensors;
        _values = new double[tensors.Sum(t => t.Count)];
    }

    /// <summary>The tensors in the order of the buffer.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Number of parameters.</summary>
    public int Count => _values.Length;

    /// <summary>All values; matrices row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Counts the changes, so that whoever keeps the weights in another layout knows when to refresh them.</summary>
    internal int Version { get; private set; }

    /// <summary>The values of one tensor, row-major.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public ReadOnlySpan<double> this[string name] => View(Find(name));

    /// <summary>Replaces all values.</summary>
    /// <exception cref="ArgumentException">Not <see cref="Count"/> values.</exception>
    public void Set(ReadOnlySpan<double> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"Expected {Count} parameters, found {values.Length}.", nameof(values));
        values.CopyTo(_values);
        Version++;
    }

    /// <summary>Replaces the values of the first tensors, and leaves those behind them.</summary>
    internal void SetFirst(ReadOnlySpan<double> values)
    {
        values.CopyTo(_values);
        Version++;
    }

    /// <summary>Replaces one tensor, row-major.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name, or it has another number of values.</exception>
    public void Set(string name, ReadOnlySpan<double> values)
    {
        ParameterTensor tensor = Find(name);
        if (values.Length != tensor.Count)
            throw new ArgumentException(
                $"Tensor {name} has shape ({string.Join(", ", tensor.Shape)}), that is {tensor.Count} values; found {values.Length}.",
                nameof(values));
        values.CopyTo(View(tensor));
        Version++;
    }

    private Span<double> View(ParameterTensor tensor) => _values.AsSpan(tensor.Offset, tensor.Count);

    internal ParameterTensor Find(string name)
        => Tensors.FirstOrDefault(t => t.Name == name)
            ?? throw new ArgumentException(
                $"There is no tensor '{name}'; there are {string.Join(", ", Tensors.Select(t => t.Name))}.", nameof(name));
}
