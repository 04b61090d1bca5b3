namespace Attractor.Reports;

/// <summary>A value that a document gives beside the one found here.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Document">What the document says.</param>
/// <param name="Here">What was found.</param>
/// <param name="Difference">The second less the first; empty where there is none.</param>
/// <param name="Why">Why they differ, or why they do not.</param>
public sealed record ComparisonRow(string Quantity, string Document, string Here, string Difference, string Why);
