namespace Attractor.Reports;

/// <summary>A score with what a perfect model would get.</summary>
/// <param name="Name">What it is: state-space divergence.</param>
/// <param name="Symbol">Its symbol: D_stsp.</param>
/// <param name="Value">The model's.</param>
/// <param name="Floor">A perfect model's; NaN if there is none.</param>
/// <param name="Explanation">What it says, in a sentence, with its unit.</param>
public sealed record ScoreRow(string Name, string Symbol, double Value, double Floor, string Explanation);
