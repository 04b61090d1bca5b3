namespace Attractor.Learning;

/// <summary>What a fit says of itself after every window of steps.</summary>
/// <param name="Point">The bound over the window.</param>
/// <param name="Steps">The most steps there may be.</param>
/// <param name="StepsPerSecond">Speed since the start.</param>
public sealed record VariationalProgress(BoundPoint Point, int Steps, double StepsPerSecond);
