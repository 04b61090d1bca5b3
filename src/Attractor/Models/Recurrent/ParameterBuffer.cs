namespace Attractor.Models.Recurrent;

/// <summary>A named tensor within a flat buffer of parameters.</summary>
/// <param name="Name">The name in the papers: A, W1, h2.</param>
/// <param name="Rows">Rows; the length of a vector.</param>
/// <param name="Columns">Columns; 0 for a vector.</param>
/// <param name="Offset">Where it starts in the buffer.</param>
/// <param name="RestingValue">What an L2 penalty draws it towards: 1 for the diagonal A, 0 for the others.</param>
public sealed record ParameterTensor(string Name, int Rows, int Columns, int Offset, double RestingValue = 0)
{
    /// <summary>Number of values.</summary>
    public int Count => Rows * Math.Max(1, Columns);

    /// <summary>The shape as papers and files have it: (rows) or (rows, columns).</summary>
    public IReadOnlyList<int> Shape => Columns == 0 ? [Rows] : [Rows, Columns];
}

/// <summary>
/// All parameters of a model in one flat float64 buffer with named views. An optimiser, a clip and a file need to know
/// nothing else of a model. A model trained in float32 holds float32 values, exactly.
/// </summary>
public sealed class ParameterBuffer
{
    private readonly double[] _values;

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
    public Span<double> Values => _values;

    /// <summary>The values of one tensor, row-major.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public Span<double> this[string name]
    {
        get
        {
            foreach (ParameterTensor tensor in Tensors)
                if (tensor.Name == name)
                    return _values.AsSpan(tensor.Offset, tensor.Count);
            throw new ArgumentException($"No tensor '{name}'; there are {string.Join(", ", Tensors.Select(t => t.Name))}.", nameof(name));
        }
    }
}
