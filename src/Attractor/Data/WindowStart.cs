namespace Attractor.Data;

/// <summary>Where a window begins.</summary>
/// <param name="Trial">The trial it lies in, counting from 0.</param>
/// <param name="Row">Its first row in that trial, counting from 0.</param>
public readonly record struct WindowStart(int Trial, int Row);
