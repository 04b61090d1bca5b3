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

    /// <summary>Such as <c>3 x 4</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Rows} x {Columns}");
}
