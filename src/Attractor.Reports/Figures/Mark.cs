namespace Attractor.Reports;

/// <summary>Points to mark in a figure of an orbit, such as a fixed point or a cycle.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">A colour of the style sheet.</param>
/// <param name="Points">Three values each.</param>
/// <param name="Filled">Whether the symbol is filled: stable ones are.</param>
/// <param name="Joined">Whether the points are joined, and the last with the first.</param>
public sealed record Mark(string Name, string Color, IReadOnlyList<double[]> Points, bool Filled, bool Joined);
