namespace Attractor.Evaluation;

/// <summary>PE(n): see <see cref="PredictionError"/>.</summary>
public sealed class PredictionScore : ReconstructionScore
{
    internal const string KeyPrefix = "prediction_error_";

    // Each step of a model that needs a history costs a hundred times one of a small recurrent network.
    private const int StartsWithHistory = 10_000;

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        EvaluationOptions options = evaluated.Options;
        int starts = options.MaximumPredictionStarts == 0 && evaluated.Model.WarmUp > 0
            ? StartsWithHistory
            : options.MaximumPredictionStarts, steps = options.PredictionSteps;
        (double sum, long judged) = PredictionError.Total(
            evaluated.Model, evaluated.Truth, steps, evaluated.Starts(starts), cancellationToken);
        return new(
            FormattableString.Invariant($"{KeyPrefix}{steps}"),
            "Prediction error",
            FormattableString.Invariant($"PE({steps})"),
            judged == 0 ? double.NaN : sum / judged / evaluated.Truth.Dimension,
            evaluated.Floors.PredictionError,
            FormattableString.Invariant($"Mean squared error {steps} steps ahead, in units of the data squared."))
        {
            Label = FormattableString.Invariant($"{steps}-step prediction error"),
            Weight = judged,
        };
    }

    /// <summary>The mean over the starts of all recordings; the floor is that of analogues from all.</summary>
    protected internal override ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(floors);
        return base.Pool(entries, recordings, floors, cancellationToken) with { Floor = floors.PredictionError };
    }
}
