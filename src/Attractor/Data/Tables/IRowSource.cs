namespace Attractor.Data;

/// <summary>Rows of numbers that may be read from anywhere, in memory or not.</summary>
public interface IRowSource
{
    /// <summary>How many rows there are.</summary>
    long Count { get; }

    /// <summary>The names of the columns.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What the columns hold.</summary>
    IReadOnlyList<ColumnProfile> Profiles { get; }

    /// <summary>Reads consecutive rows; from several threads at once if need be.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">A whole number of rows is written, row by row; a missing value is a NaN.</param>
    void Read(long first, Span<double> rows);
}
