namespace Attractor.Evaluation;

/// <summary>A model held against the truth.</summary>
public sealed record ModelEvaluation
{
    /// <summary>Everything that was asked, in the order in which it is printed.</summary>
    public required IReadOnlyList<ScoreEntry> Scores { get; init; }

    /// <summary>n of the prediction error.</summary>
    public required int PredictionSteps { get; init; }

    /// <summary>Whether the whole generated orbit is finite.</summary>
    public required bool Finite { get; init; }

    /// <summary>
    /// The orbit that was compared: T x N, after the dropped transient; of several recordings that beside the longest.
    /// </summary>
    public required TimeSeries Generated { get; init; }

    /// <summary>The recordings of which <see cref="Scores"/> are taken together; empty of a single one.</summary>
    public IReadOnlyList<TrialEvaluation> Trials { get; init; } = [];

    /// <summary>All rows that were generated.</summary>
    public long Rows => Trials.Count == 0 ? Generated.Length : Trials.Sum(trial => trial.Scores.Count > 0 ? (long)trial.Rows : 0);

    /// <summary>How D_stsp was taken; null where it is not known.</summary>
    public DivergenceForm? Form { get; init; }

    /// <summary>D_stsp, in nats, and its floor; NaN if it was not asked.</summary>
    public Score StateSpaceDivergence => Of(DivergenceScore.KeyName);

    /// <summary>D_H, in 0 .. 1, and its floor; NaN if it was not asked.</summary>
    public Score HellingerDistance => Of(SpectrumScore.KeyName);

    /// <summary>PE(n), in squared units of the data, and its floor; NaN if it was not asked.</summary>
    public Score PredictionError => Of(FormattableString.Invariant($"{PredictionScore.KeyPrefix}{PredictionSteps}"));

    /// <summary>The maximum Lyapunov exponent per step (divide by dt); NaN if the orbit is not finite, or if it was not asked.</summary>
    public double MaximumLyapunovExponent => Of(LyapunovScore.KeyName).Value;

    /// <summary>The median valid prediction time, in steps; NaN if it was not asked.</summary>
    public double ValidPredictionSteps => Of(ValidTimeScore.KeyName).Value;

    private Score Of(string key) => Scores.FirstOrDefault(s => s.Key == key) is { } entry
        ? new(entry.Value, entry.Floor ?? double.NaN)
        : new(double.NaN, double.NaN);
}
