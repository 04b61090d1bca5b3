namespace Attractor.Models;

/// <summary>One step of a <see cref="VectorProgram"/>: a vector made of vectors before it.</summary>
/// <param name="Length">Values of the result.</param>
internal abstract record VectorOperation(int Length)
{
    /// <summary>What it is made of.</summary>
    public virtual IReadOnlyList<VectorValue> Arguments => [];
}

/// <summary>What the program is given.</summary>
internal sealed record InputOperation(string Name, int Length) : VectorOperation(Length);

/// <summary>Numbers that never change.</summary>
internal sealed record ConstantOperation(double[] Values) : VectorOperation(Values.Length);

/// <summary>W x + b, W of length x columns, row-major; no b where it is empty.</summary>
internal sealed record AffineOperation(double[] Weights, double[] Offset, VectorValue X, int Length) : VectorOperation(Length)
{
    public override IReadOnlyList<VectorValue> Arguments => [X];
}

/// <summary>Element by element; '+', '-' or '*'.</summary>
internal sealed record ElementwiseOperation(char Sign, VectorValue Left, VectorValue Right) : VectorOperation(Left.Length)
{
    public override IReadOnlyList<VectorValue> Arguments => [Left, Right];
}

/// <summary>A function of every element.</summary>
internal sealed record FunctionOperation(VectorFunction Function, VectorValue X) : VectorOperation(X.Length)
{
    public override IReadOnlyList<VectorValue> Arguments => [X];
}

/// <summary>Some elements, in an order.</summary>
internal sealed record GatherOperation(int[] Indices, VectorValue X) : VectorOperation(Indices.Length)
{
    public override IReadOnlyList<VectorValue> Arguments => [X];

    /// <summary>Whether they lie one after the other, the first at <c>Indices[0]</c>.</summary>
    public bool IsContiguous => Indices.Index().All(pair => pair.Item == Indices[0] + pair.Index);
}

/// <summary>One vector after the other.</summary>
internal sealed record ConcatenateOperation(VectorValue[] Parts) : VectorOperation(Parts.Sum(part => part.Length))
{
    public override IReadOnlyList<VectorValue> Arguments => Parts;
}
