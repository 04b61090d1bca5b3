namespace Attractor.Data;

/// <summary>Some columns of a file, in memory.</summary>
public sealed class Table
{
    internal Table(TimeSeries values, IReadOnlyList<ColumnRequest> columns, IReadOnlyList<long> missing)
        => (Values, Columns, Missing) = (values, columns, missing);

    /// <summary>
    /// Rows x requested columns, in the order and under the names of the request. A missing value
    /// is a NaN, a category the index of its level.
    /// </summary>
    public TimeSeries Values { get; }

    /// <summary>The columns as they were requested, each <see cref="ColumnKind.Category"/> with its levels.</summary>
    public IReadOnlyList<ColumnRequest> Columns { get; }

    /// <summary>The number of missing values of each column.</summary>
    public IReadOnlyList<long> Missing { get; }
}
