namespace Attractor.Probability;

/// <summary>A parameter of a distribution.</summary>
/// <param name="Name">As the field calls it, such as <c>rate</c>.</param>
/// <param name="Domain">Where it may lie.</param>
public readonly record struct Parameter(string Name, Domain Domain);
