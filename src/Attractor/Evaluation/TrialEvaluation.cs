namespace Attractor.Evaluation;

/// <summary>One of several recordings that a model was held against.</summary>
/// <param name="Index">Its place among them, from 0.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Scores">What can be asked of a single recording; empty of one that is left out.</param>
public sealed record TrialEvaluation(int Index, int Rows, IReadOnlyList<ScoreEntry> Scores)
{
    /// <summary>The orbit beside it, as many rows; null of one that is left out.</summary>
    public TimeSeries? Generated { get; init; }

    /// <summary>Whether the orbit beside it is finite.</summary>
    public bool Finite { get; init; } = true;

    /// <summary>Why it is left out of the scores, in a few words; null if it is not.</summary>
    public string? LeftOut { get; init; }
}
