namespace Attractor.Evaluation;

/// <summary>One question to a model of dynamics: a number that says how it compares with the truth.</summary>
/// <remarks>
/// A score of one's own derives from this class, or from <see cref="OrbitScore"/> if it compares two orbits, and is asked with
/// <c>options with { Scores = [.. Reconstruction.DefaultScores, new MyScore()] }</c>; commands and reports
/// print it like all others. It keeps no state.
/// </remarks>
public abstract class ReconstructionScore
{
    /// <summary>The score of a model.</summary>
    /// <param name="evaluated">The model, its orbit and the truth.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public abstract ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken);
}
