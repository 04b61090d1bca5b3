namespace Attractor.Models;

/// <summary>A named tensor within a flat buffer of parameters.</summary>
/// <param name="Name">The name in the papers: A, W1, h2.</param>
/// <param name="Rows">Rows; the length of a vector.</param>
/// <param name="Columns">Columns; 0 for a vector.</param>
/// <param name="Offset">Where it starts in the buffer.</param>
/// <param name="RestingValue">What an L2 penalty draws it towards: 1 for the diagonal A, 0 for the others; not a number for none.</param>
public sealed record ParameterTensor(string Name, int Rows, int Columns, int Offset, double RestingValue = 0)
{
    /// <summary>Its place among the tensors of its model, where the model runs on a tape.</summary>
    internal int Index { get; init; }

    /// <summary>Whether it is the weights of affine layers and used in nothing else.</summary>
    internal bool IsAffine { get; init; }

    /// <summary>Number of values.</summary>
    public int Count => Rows * Math.Max(1, Columns);

    /// <summary>The shape as papers and files have it: (rows) or (rows, columns).</summary>
    public IReadOnlyList<int> Shape => Columns == 0 ? [Rows] : [Rows, Columns];
}
