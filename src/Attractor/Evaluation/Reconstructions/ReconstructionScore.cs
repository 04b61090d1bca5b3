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

    /// <summary>Whether it differs from recording to recording; one of the model alone is asked once, beside the longest.</summary>
    protected internal virtual bool IsOfRecordings => true;

    /// <summary>
    /// The score over several recordings: the mean of theirs, and of floors and ceilings, by <see cref="ScoreEntry.Weight"/> unless a score
    /// knows better. Nothing may be taken across the border of two.
    /// </summary>
    /// <param name="entries">The score of each recording.</param>
    /// <param name="recordings">The recordings, with the orbit of each.</param>
    /// <param name="floors">The floors over all of them.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    protected internal virtual ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(recordings);
        return entries[0] with
        {
            Value = Mean(entry => entry.Value) ?? double.NaN,
            Floor = Mean(entry => entry.Floor),
            Ceiling = Mean(entry => entry.Ceiling),
            Warning = entries.Select(entry => entry.Warning).FirstOrDefault(warning => warning is not null),
            Weight = null,
        };

        double? Mean(Func<ScoreEntry, double?> of)
        {
            double sum = 0, weights = 0;
            for (int i = 0; i < entries.Count; i++)
                if ((entries[i].Weight ?? recordings[i].Truth.Length) is > 0 and var weight)
                {
                    if (of(entries[i]) is not { } value)
                        return null;
                    (sum, weights) = (sum + (weight * value), weights + weight);
                }
            return weights > 0 ? sum / weights : null;
        }
    }
}
