namespace Attractor.Reports;

/// <summary>A column of counts, and what the mixture makes of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The counts in the data; what is not finite is missing.</param>
/// <param name="Predicted">The posterior predictive probability of 0, 1, 2 .. under the mixture, as far as it is
/// wanted; none if it is not known.</param>
/// <param name="Rates">The rate of each component, K of them.</param>
public sealed record CountColumn(string Name, IReadOnlyList<double> Values, IReadOnlyList<double> Predicted, IReadOnlyList<Estimate> Rates)
{
    /// <summary>The probability of a rate to be in its interval, for the caption.</summary>
    public double Credibility { get; init; } = 0.95;
}
