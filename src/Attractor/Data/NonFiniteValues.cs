namespace Attractor.Data;

/// <summary>What is not a finite number in a series.</summary>
/// <param name="Missing">How many values are NaN.</param>
/// <param name="Infinite">How many values are infinite.</param>
/// <param name="FirstRow">The row of the first of either, counting from 0.</param>
/// <param name="FirstColumn">Its column, counting from 0.</param>
/// <param name="FirstName">The name of that column.</param>
public sealed record NonFiniteValues(int Missing, int Infinite, int FirstRow, int FirstColumn, string FirstName)
{
    /// <summary>How many values are missing or infinite.</summary>
    public int Count => Missing + Infinite;

    /// <summary>
    /// The finding in words, as messages put it: <c>3 missing values, the first in row 17, column 'x2' (rows count from 0)</c>.
    /// </summary>
    public override string ToString()
    {
        string what = (Missing, Infinite) switch
        {
            (_, 0) => Amount(Missing, "missing"),
            (0, _) => Amount(Infinite, "infinite"),
            _ => $"{Missing} missing and {Amount(Infinite, "infinite")}",
        };
        string first = Count == 1 ? "" : "the first ";
        return $"{what}, {first}in row {FirstRow}, column '{FirstName}' (rows count from 0)";
    }

    private static string Amount(int count, string what) => count == 1 ? $"1 {what} value" : $"{count} {what} values";
}
