namespace Attractor.Data;

/// <summary>A column of a table whose file gives columns a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">What its cells are.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
internal sealed record TableField(string Name, CellKind Cells, string? Fault = null);
