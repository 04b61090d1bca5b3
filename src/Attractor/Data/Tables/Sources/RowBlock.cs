namespace Attractor.Data;

/// <summary>The rows of a table that are in memory at a time, and the summary of all that have been.</summary>
internal sealed class RowBlock(int columns)
{
    private const int Length = 1 << 16;

    private readonly double[] _values = new double[Math.Max(1, Length / columns) * columns];
    private int _rows;

    /// <summary>R x N values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _rows * columns);

    /// <summary>R.</summary>
    public int Rows => _rows;

    public ColumnSummary Summary { get; } = new(columns);

    /// <summary>Goes on to the next rows.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Fill(RowSource source)
    {
        _rows = source.Read(_values);
        Summary.Add(Values);
        return _rows > 0;
    }
}
