namespace Attractor.Differentiation;

/// <summary>Rows and columns of a matrix.</summary>
/// <param name="Rows">At least 0.</param>
/// <param name="Columns">At least 0.</param>
public readonly record struct Shape(int Rows, int Columns)
{
    /// <summary>Number of values.</summary>
    public int Count => checked(Rows * Columns);

    /// <summary>The shape with rows and columns exchanged.</summary>
    public Shape Transposed => new(Columns, Rows);

    /// <summary>
    /// The shape of what is computed element by element from matrices of two shapes: a matrix of one row goes with every row, one of one
    /// column with every column.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static Shape Broadcast(Shape first, Shape second)
    {
        if (first == second)
            return first;
        if ((first.Rows != second.Rows && first.Rows != 1 && second.Rows != 1)
            || (first.Columns != second.Columns && first.Columns != 1 && second.Columns != 1))
            throw new ArgumentException($"Matrices of {first} and {second} do not go together: rows and columns must be equal, or 1.");
        return new(first.Rows == 1 ? second.Rows : first.Rows, first.Columns == 1 ? second.Columns : first.Columns);
    }

    /// <summary>Such as <c>3 x 4</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Rows} x {Columns}");
}
