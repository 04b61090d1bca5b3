namespace Attractor.Differentiation;

public readonly unsafe partial struct Variable<T>
{
    /// <summary>The product of two matrices, each as it is or transposed.</summary>
    /// <exception cref="ArgumentException">The columns of the first are not as many as the rows of the second.</exception>
    public static Variable<T> Product(Variable<T> a, Variable<T> b, bool transposeA = false, bool transposeB = false)
    {
        Shape left = transposeA ? a.Shape.Transposed : a.Shape, right = transposeB ? b.Shape.Transposed : b.Shape;
        if (left.Columns != right.Rows)
            throw new ArgumentException(
                $"There is no product of {left} and {right}: the columns of the first must be as many as the rows of the second.",
                nameof(b));
        return a.Tape.Record(ProductOperation<T>.Of(transposeA, transposeB), new(left.Rows, right.Columns), 0, 0, [], a, b);
    }

    /// <summary>X W' + b for this matrix X (n x inputs): a layer of a network.</summary>
    /// <param name="weights">W, outputs x inputs.</param>
    /// <param name="bias">b, 1 x outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public Variable<T> Affine(Variable<T> weights, Variable<T> bias)
    {
        if (weights.Columns != Columns)
            throw new ArgumentException(
                $"The weights are outputs x inputs; for {Columns} inputs they have {Columns} columns, found {weights.Shape}.",
                nameof(weights));
        if (bias.Shape != new Shape(1, weights.Rows))
            throw new ArgumentException($"The bias of {weights.Rows} outputs is 1 x {weights.Rows}, found {bias.Shape}.", nameof(bias));
        return Tape.Record(AffineOperation<T>.Instance, new(Rows, weights.Rows), 0, 0, [], this, weights, bias);
    }

    /// <summary>Rows and columns exchanged.</summary>
    public Variable<T> Transpose() => Tape.Record(TransposeOperation<T>.Instance, Shape.Transposed, 0, 0, [], this);

    /// <summary>The same values, row by row, in another shape.</summary>
    /// <exception cref="ArgumentException">The shape has another number of values.</exception>
    public Variable<T> Reshape(int rows, int columns)
    {
        if ((long)rows * columns != Shape.Count || rows < 0)
            throw new ArgumentException($"A matrix of {Shape} cannot be one of {rows} x {columns}.");
        return Tape.Record(ReshapeOperation<T>.Instance, new(rows, columns), 0, 0, [], this);
    }
}
