namespace Attractor.Learning;

/// <summary>One of the terms that the evidence lower bound of a mixture is the sum of.</summary>
/// <param name="Name">What it is, such as "likelihood of lon, lat" or "entropy of assignments".</param>
/// <param name="Value">Nats.</param>
public readonly record struct ElboTerm(string Name, double Value);
