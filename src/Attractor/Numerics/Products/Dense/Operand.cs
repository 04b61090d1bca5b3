namespace Attractor.Numerics;

/// <summary>
/// A matrix in memory, as it is or transposed: element (i, j) is Values[i * Row + j * Column], and one of the two strides is 1.
/// </summary>
internal readonly unsafe struct Operand<T>(T* values, nint row, nint column)
    where T : unmanaged
{
    public readonly T* Values = values;
    public readonly nint Row = row, Column = column;

    /// <summary>The part that begins at (i, j).</summary>
    public Operand<T> From(nint i, nint j) => new(Values + (i * Row) + (j * Column), Row, Column);

    public Operand<T> Transposed => new(Values, Column, Row);
}
