namespace Attractor.Differentiation;

public readonly unsafe partial struct Variable<T>
{
    /// <summary>The sum of all values, 1 x 1.</summary>
    public Variable<T> Sum() => Tape.Record(Rowwise<T>.Operations.Sum, new(1, 1), 0, 0, [], this);

    /// <summary>The mean of all values, 1 x 1.</summary>
    public Variable<T> Mean() => Sum() / Shape.Count;

    /// <summary>The sum over the rows of each column, 1 x columns.</summary>
    public Variable<T> SumOverRows() => Tape.Record(Rowwise<T>.Operations.SumOverRows, new(1, Columns), 0, 0, [], this);

    /// <summary>The sum over the columns of each row, rows x 1.</summary>
    public Variable<T> SumOverColumns() => Tape.Record(Rowwise<T>.Operations.SumOverColumns, new(Rows, 1), 0, 0, [], this);

    /// <summary>log of the sum of e^x over the columns of each row, rows x 1; minus infinity for a row of minus infinities.</summary>
    public Variable<T> LogSumExp() => Tape.Record(Rowwise<T>.Operations.LogSumExp, new(Rows, 1), 0, 0, [], this);

    /// <summary>e^x over the sum of e^x of its row.</summary>
    public Variable<T> Softmax() => Tape.Record(Rowwise<T>.Operations.Softmax, Shape, 0, 0, [], this);

    /// <summary>log of <see cref="Softmax"/>.</summary>
    public Variable<T> LogSoftmax() => Tape.Record(Rowwise<T>.Operations.LogSoftmax, Shape, 0, 0, [], this);
}
