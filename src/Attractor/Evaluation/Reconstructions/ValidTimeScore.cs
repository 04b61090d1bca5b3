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
            options.ValidPredictionStarts,
            options.ValidPredictionThreshold,
            cancellationToken: cancellationToken);
        return new(
            KeyName, "Valid prediction time", "", steps, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Steps until a forecast is off by {options.ValidPredictionThreshold} standard deviations of the data; median over "
                + $"{options.ValidPredictionStarts} starts."))
        {
            Label = "valid prediction time, steps",
        };
    }
}
