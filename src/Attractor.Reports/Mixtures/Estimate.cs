namespace Attractor.Reports;

/// <summary>What is known of a number after the data: its posterior in a few numbers.</summary>
/// <param name="Mean">Posterior mean.</param>
/// <param name="Deviation">Posterior standard deviation.</param>
/// <param name="Low">Lower end of the credible interval.</param>
/// <param name="High">Upper end of the credible interval.</param>
public sealed record Estimate(double Mean, double Deviation, double Low, double High);
