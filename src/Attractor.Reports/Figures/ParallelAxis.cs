namespace Attractor.Reports;

/// <summary>One of the axes of a figure of parallel coordinates.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Low">What stands at its lower end.</param>
/// <param name="High">What stands at its upper end.</param>
public sealed record ParallelAxis(string Name, string Low, string High);
