namespace Attractor.Reports;

/// <summary>Numbers to be counted in a histogram.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Color">A colour of the style sheet.</param>
/// <param name="Sample">The numbers, in any order; what is not finite is in no bin.</param>
public sealed record Histogram(string Name, string Color, IReadOnlyList<double> Sample);
