namespace Attractor.Data;

/// <summary>Where a window starts: a row of a trial.</summary>
public readonly record struct WindowStart(int Trial, int Row);
