namespace Attractor.Differentiation;

/// <summary>A row-major matrix on a tape, as a custom operation sees it.</summary>
public readonly ref struct MatrixView<T>
{
    internal MatrixView(Shape shape, Span<T> values)
    {
        Shape = shape;
        Values = values;
    }

    /// <summary>Rows and columns.</summary>
    public Shape Shape { get; }

    /// <summary>All values, row by row.</summary>
    public Span<T> Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Shape.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Shape.Columns;

    /// <summary>One value.</summary>
    public ref T this[int row, int column] => ref Row(row)[column];

    /// <summary>One row.</summary>
    public Span<T> Row(int row) => Values.Slice(row * Columns, Columns);
}
