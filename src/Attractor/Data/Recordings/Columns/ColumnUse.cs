namespace Attractor.Data;

/// <summary>A column of a file of data, and what became of it.</summary>
/// <param name="Name">Its name; x1, x2, ... where the file has none.</param>
/// <param name="Position">Its place in the file, counting from 1.</param>
/// <param name="Role">What it is taken for.</param>
/// <param name="IsConstant">Whether all of its values are the same.</param>
/// <param name="Missing">Cells without a value.</param>
public sealed record ColumnUse(string Name, int Position, ColumnRole Role, bool IsConstant, long Missing);
