namespace Attractor.Reports;

/// <summary>A heading and what stands under it.</summary>
public sealed record Section(string Heading, IReadOnlyList<Element> Elements);
