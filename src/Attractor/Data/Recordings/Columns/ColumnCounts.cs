namespace Attractor.Data;

/// <summary>What the values of a column are between.</summary>
/// <param name="Missing">How many are missing.</param>
/// <param name="Present">How many are not.</param>
/// <param name="Least">The least of these; infinite where there is none.</param>
/// <param name="Most">The greatest.</param>
internal readonly record struct ColumnCounts(long Missing, long Present, double Least, double Most)
{
    /// <summary>Whether all values are the same.</summary>
    public bool IsConstant => Present > 0 && Least == Most;
}
