namespace Attractor.Reports;

/// <summary>One bar for each category of a figure.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Color">A colour of the style sheet.</param>
/// <param name="Values">As many as there are categories; what is not finite has no bar.</param>
public sealed record Bars(string Name, string Color, IReadOnlyList<double> Values);
