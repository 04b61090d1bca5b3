namespace Attractor.Reports;

/// <summary>A term of the evidence lower bound.</summary>
/// <param name="Name">What it is: E[log p(x | z, mu)].</param>
/// <param name="Value">In nats, with the sign with which it is in the sum.</param>
/// <param name="Explanation">What it says, in a few words.</param>
public sealed record BoundTerm(string Name, double Value, string Explanation);
