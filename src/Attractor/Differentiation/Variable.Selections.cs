namespace Attractor.Differentiation;

public readonly unsafe partial struct Variable<T>
{
    /// <summary>Consecutive rows.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not have all of them.</exception>
    public Variable<T> SliceRows(int start, int count)
    {
        CheckRange(start, count, Rows, "rows");
        return Tape.Record(SliceOperation<T>.OfRows, new(count, Columns), start, 0, [], this);
    }

    /// <summary>Consecutive columns.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not have all of them.</exception>
    public Variable<T> SliceColumns(int start, int count)
    {
        CheckRange(start, count, Columns, "columns");
        return Tape.Record(SliceOperation<T>.OfColumns, new(Rows, count), start, 0, [], this);
    }

    /// <summary>Rows in any order, which may repeat: an embedding.</summary>
    /// <param name="indices">Row i of the result is row indices[i] of this matrix.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Variable<T> GatherRows(ReadOnlySpan<int> indices)
    {
        CheckIndices(indices, Rows, "rows");
        return Tape.Record(GatherRowsOperation<T>.Instance, new(indices.Length, Columns), 0, 0, indices, this);
    }

    /// <summary>One value of each row, rows x 1: of log probabilities, those of the classes.</summary>
    /// <param name="indices">The column of each row.</param>
    /// <exception cref="ArgumentException">There are not as many indices as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public Variable<T> Pick(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Rows)
            throw new ArgumentException($"There are {Rows} rows and {indices.Length} indices.", nameof(indices));
        CheckIndices(indices, Columns, "columns");
        return Tape.Record(PickOperation<T>.Instance, new(Rows, 1), 0, 0, indices, this);
    }

    /// <summary>Matrices of as many columns one under the other.</summary>
    /// <exception cref="ArgumentException">There are none, or they differ in their columns.</exception>
    public static Variable<T> ConcatenateRows(params ReadOnlySpan<Variable<T>> matrices)
    {
        if (matrices.Length == 0)
            throw new ArgumentException("There is nothing to put together.", nameof(matrices));
        int rows = 0, columns = matrices[0].Columns;
        foreach (Variable<T> matrix in matrices)
        {
            rows = checked(rows + matrix.Rows);
            if (matrix.Columns != columns)
                throw new ArgumentException(
                    $"Matrices of {matrices[0].Shape} and {matrix.Shape} do not go under one another.", nameof(matrices));
        }
        return matrices[0].Tape.Record(ConcatenateOperation<T>.Rows, new(rows, columns), 0, 0, [], matrices);
    }

    /// <summary>Matrices of as many rows side by side.</summary>
    /// <exception cref="ArgumentException">There are none, or they differ in their rows.</exception>
    public static Variable<T> ConcatenateColumns(params ReadOnlySpan<Variable<T>> matrices)
    {
        if (matrices.Length == 0)
            throw new ArgumentException("There is nothing to put together.", nameof(matrices));
        int rows = matrices[0].Rows, columns = 0;
        foreach (Variable<T> matrix in matrices)
        {
            columns = checked(columns + matrix.Columns);
            if (matrix.Rows != rows)
                throw new ArgumentException(
                    $"Matrices of {matrices[0].Shape} and {matrix.Shape} do not go side by side.", nameof(matrices));
        }
        return matrices[0].Tape.Record(ConcatenateOperation<T>.Columns, new(rows, columns), 0, 0, [], matrices);
    }

    private static void CheckRange(int start, int count, int available, string what)
    {
        if (start < 0 || count < 0 || start > available - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"There are {available} {what}, not {count} from {start} on.");
    }

    private static void CheckIndices(ReadOnlySpan<int> indices, int available, string what)
    {
        foreach (int index in indices)
            if ((uint)index >= (uint)available)
                throw new ArgumentOutOfRangeException(nameof(indices), $"There are {available} {what}, not one of index {index}.");
    }
}
