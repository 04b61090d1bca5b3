using System.Globalization;
using Attractor.Models;

namespace Attractor.Evaluation;

/// <summary>
/// How far forecasts are from the data, of a network with observation models: the mean of |x - E[x | z]| over the values of
/// <see cref="EvaluationOptions.PredictionSteps"/> rows behind starts, of one modality.
/// </summary>
/// <remarks>
/// The states are those of <see cref="LikelihoodScore"/>. Beside it stands, as that of an orbit without dynamics, the error of the median
/// of each variable, which is the best constant.
/// </remarks>
/// <param name="modality">Which variables.</param>
/// <param name="word">What the key is followed by.</param>
internal sealed class AbsoluteErrorScore(Modality modality, string word) : ReconstructionScore
{
    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        LikelihoodForecasts forecasts = LikelihoodForecasts.Of(evaluated, modality, cancellationToken);
        return new(
            $"absolute_error_{word}", "Absolute error", "", forecasts.Count > 0 ? forecasts.AbsoluteErrors.Average() : double.NaN, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Mean |x - E[x]| of a value in the {evaluated.Options.PredictionSteps} rows after a start, in units of the data."))
        {
            Label = $"absolute error of {word.Replace('_', ' ')} variables",
            Ceiling = OfMedians(evaluated.Truth),
            Weight = forecasts.Count,
        };
    }

    private double OfMedians(TimeSeries truth)
    {
        double sum = 0;
        long count = 0;
        foreach (int n in modality.Columns)
        {
            double[] values = [.. truth.Column(n).Where(double.IsFinite).Order()];
            if (values.Length == 0)
                continue;
            double median = values[values.Length / 2];
            sum += values.Sum(v => Math.Abs(v - median));
            count += values.Length;
        }
        return count > 0 ? sum / count : double.NaN;
    }
}
