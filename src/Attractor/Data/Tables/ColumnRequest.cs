namespace Attractor.Data;

/// <summary>A column that is wanted of a table.</summary>
/// <param name="Name">Its name in the header; x1, x2, ... count the columns of a file without one.</param>
/// <param name="Kind">What its cells must be.</param>
public sealed record ColumnRequest(string Name, ColumnKind Kind)
{
    /// <summary>
    /// The levels that are allowed of a <see cref="ColumnKind.Category"/>, in the order of their indices; null for those of the file in the
    /// order in which they appear. In what has been read they are always those found.
    /// </summary>
    public IReadOnlyList<string>? Levels { get; init; }
}
