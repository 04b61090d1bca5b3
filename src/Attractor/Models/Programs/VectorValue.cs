namespace Attractor.Models;

/// <summary>A vector within a <see cref="VectorProgram"/>.</summary>
/// <param name="Index">Which operation of the program makes it.</param>
/// <param name="Length">How many values it has.</param>
public readonly record struct VectorValue(int Index, int Length);
