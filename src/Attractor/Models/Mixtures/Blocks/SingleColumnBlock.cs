namespace Attractor.Models;

/// <summary>A block about one column whose statistics are the value and whether it is there.</summary>
public abstract class SingleColumnBlock : ConjugateBlock
{
    /// <summary>A block about a column.</summary>
    /// <param name="column">Its name.</param>
    /// <exception cref="ArgumentException">It has no name.</exception>
    protected SingleColumnBlock(string column)
        : base([column])
    {
    }

    /// <summary>The column.</summary>
    public string Column => Columns[0];

    /// <inheritdoc/>
    public override int Statistics => 2;

    /// <inheritdoc/>
    public override bool IsOne(int statistic, ReadOnlySpan<bool> complete) => statistic == 1 && complete[0];

    /// <inheritdoc/>
    public override void WriteStatistics(ReadOnlySpan<double> x, ReadOnlySpan<double> origin, Span<double> statistics)
        => (statistics[0], statistics[1]) = double.IsNaN(x[0]) ? (0, 0) : (x[0], 1);
}
