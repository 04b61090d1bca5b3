namespace Attractor.Data;

/// <summary>Successive rows of others, such as one of the trials that a file holds one after the other.</summary>
public sealed class RowRange : IRowSource
{
    private const int BlockRows = 4096;

    private readonly IRowSource _rows;
    private readonly long _first;
    private readonly Lazy<IReadOnlyList<ColumnProfile>> _profiles;

    /// <param name="rows">The others.</param>
    /// <param name="first">The first of them that is in it, counting from 0.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public RowRange(IRowSource rows, long first, long count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, rows.Count - first);
        (_rows, _first, Count) = (rows, first, count);
        _profiles = new(Profile);
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _rows.Names;

    /// <inheritdoc/>
    public IReadOnlyList<ColumnProfile> Profiles => _profiles.Value;

    /// <inheritdoc/>
    public void Read(long first, Span<double> rows)
    {
        int count = rows.Length / Names.Count;
        if (first < 0 || first > Count - count)
            throw new ArgumentOutOfRangeException(
                nameof(first), first, $"Rows {first} to {first + count - 1} are wanted of {Count} (counting from 0).");
        _rows.Read(_first + first, rows);
    }

    private IReadOnlyList<ColumnProfile> Profile()
    {
        ColumnSummary summary = new(Names.Count);
        double[] block = new double[(int)Math.Min(BlockRows, Count) * Names.Count];
        for (long first = 0; first < Count; first += BlockRows)
        {
            Span<double> rows = block.AsSpan(0, (int)Math.Min(BlockRows, Count - first) * Names.Count);
            Read(first, rows);
            summary.Add(rows);
        }
        return summary.ToProfiles();
    }
}
