namespace Attractor.Learning;

/// <summary>What the networks of one candidate scored.</summary>
/// <param name="Candidate">The hyperparameters.</param>
/// <param name="Scores">One for each network; NaN for one that could not be drawn, or whose fit is undetermined.</param>
public sealed record ReservoirTrial(ReservoirCandidate Candidate, IReadOnlyList<double> Scores)
{
    /// <summary>The mean score; NaN if any is.</summary>
    public double Mean => Scores.Average();

    /// <summary>The standard deviation over the networks; 0 for a single one.</summary>
    public double StandardDeviation => Scores.Count < 2 ? 0 : Math.Sqrt(Scores.Sum(s => (s - Mean) * (s - Mean)) / (Scores.Count - 1));

    /// <summary>The standard error of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Scores.Count);
}
