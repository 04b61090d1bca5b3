namespace Attractor.Evaluation;

/// <summary>A score of two orbits, of some of their columns.</summary>
/// <param name="score">The score.</param>
/// <param name="columns">Which columns, from 0.</param>
/// <param name="word">What the key of the score is followed by.</param>
internal sealed class ColumnsScore(OrbitScore score, int[] columns, string word) : ReconstructionScore
{
    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        return Named(score.Of(Part(evaluated), cancellationToken));
    }

    /// <inheritdoc/>
    protected internal override ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        // Of all recordings together, so that the bins are those of all.
        EvaluationOptions options = recordings[0].Options with
        {
            Form = DivergenceForm.Of(ComparedRows.Joined(recordings.Select(r => r.Truth.Columns(columns))), recordings[0].Options.Bins),
        };
        return Named(score.Pool(
            entries, [.. recordings.Select(r => Part(r) with { Options = options })], Part(floors, options), cancellationToken));
    }

    private EvaluatedModel Part(EvaluatedModel evaluated)
    {
        TimeSeries truth = evaluated.Truth.Columns(columns);
        EvaluationOptions options = evaluated.Options with { Form = DivergenceForm.Of(truth, evaluated.Options.Bins) };
        return evaluated with
        {
            Truth = truth,
            Generated = evaluated.Generated.Columns(columns),
            Floors = Part(evaluated.Floors, options),
            Options = options,
        };
    }

    private NoiseFloors Part(NoiseFloors floors, EvaluationOptions options)
    {
        if (floors.Reference is not var (truth, orbit))
            return new(double.NaN, double.NaN, double.NaN);
        (truth, orbit) = (truth.Columns(columns), orbit.Columns(columns));
        return new(
            ComparedRows.AnyConstant(truth) ? double.NaN : NoiseFloors.Divergence(truth, orbit, options),
            HellingerDistance.Between(truth, orbit, options.SpectrumSmoothing),
            double.NaN)
        {
            Reference = (truth, orbit),
        };
    }

    // Pooled entries have their names already.
    private ScoreEntry Named(ScoreEntry entry) => entry.Key.EndsWith('_' + word, StringComparison.Ordinal) ? entry : entry with
    {
        Key = $"{entry.Key}_{word}",
        Name = $"{entry.Name} of {word.Replace('_', ' ')}",
        Label = $"{entry.Label} of {word.Replace('_', ' ')} variables",
    };
}
