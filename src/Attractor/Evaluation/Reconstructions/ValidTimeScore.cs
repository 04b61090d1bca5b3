using System.Globalization;

namespace Attractor.Evaluation;

/// <summary>The median valid prediction time, in steps: see <see cref="ValidPredictionTime"/>.</summary>
public sealed class ValidTimeScore : ReconstructionScore
{
    internal const string KeyName = "valid_prediction_steps";

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        EvaluationOptions options = evaluated.Options;
        double steps = ValidPredictionTime.Median(
            evaluated.Model,
            evaluated.Truth,
            evaluated.Starts(options.ValidPredictionStarts),
            options.ValidPredictionThreshold,
            cancellationToken: cancellationToken);
        return Entry(steps, options);
    }

    /// <summary>The median over the starts of all recordings, of which each has as many as its rows have a share in.</summary>
    protected internal override ScoreEntry Pool(
        IReadOnlyList<ScoreEntry> entries,
        IReadOnlyList<EvaluatedModel> recordings,
        NoiseFloors floors,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        EvaluationOptions options = recordings[0].Options;
        double median = ValidPredictionTime.Median([.. recordings.SelectMany(recording => ValidPredictionTime.All(
            recording.Model,
            recording.Truth,
            recording.Starts(options.ValidPredictionStarts),
            options.ValidPredictionThreshold,
            cancellationToken: cancellationToken))]);
        return Entry(median, options);
    }

    private static ScoreEntry Entry(double steps, EvaluationOptions options) => new(
            KeyName, "Valid prediction time", "", steps, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Steps until a forecast is off by {options.ValidPredictionThreshold} standard deviations of the data; median over "
                + $"{options.ValidPredictionStarts} starts."))
    {
        Label = "valid prediction time, steps",
    };
}
