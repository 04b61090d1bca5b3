namespace Attractor.Reports;

/// <summary>The log predictive density of rows that were not learnt from.</summary>
/// <param name="Mean">In nats per row.</param>
/// <param name="StandardError">Of the mean, in nats per row.</param>
/// <param name="Rows">How many rows.</param>
public sealed record HeldOutDensity(double Mean, double StandardError, int Rows);
