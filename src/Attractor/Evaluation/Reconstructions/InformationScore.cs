using System.Globalization;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Evaluation;

/// <summary>
/// By how many bits the forecasts of <see cref="LikelihoodScore"/> beat variables that are independent of time: of counts each a Poisson of
/// its own mean, in bits per count (per spike); of levels each with its own frequencies, in bits per value; of real numbers
/// each a Gaussian of its own mean and variance.
/// </summary>
/// <remarks>Means, variances and frequencies are those of the data that are scored. 0 says that nothing is known of the time.</remarks>
public sealed class InformationScore : ReconstructionScore
{
    private const string PerCount = "bits_per_count", PerValue = "bits_per_value";

    private readonly Modality? _modality;
    private readonly string _word;

    /// <summary>Of all variables.</summary>
    public InformationScore()
        => _word = "";

    /// <param name="modality">Which variables.</param>
    /// <param name="word">What the key is followed by.</param>
    internal InformationScore(Modality modality, string word)
        => (_modality, _word) = (modality, word);

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        LikelihoodForecasts forecasts = LikelihoodForecasts.Of(evaluated, _modality, cancellationToken);
        ObservationModel? model = _modality?.Model ?? LikelihoodForecasts.ModelOf(evaluated)?.Observation;
        bool counts = model is { Levels: null, Support: Domain.Natural };
        TimeSeries truth = _modality is null ? evaluated.Truth : evaluated.Truth.Columns([.. _modality.Columns]);
        double gain = forecasts.Count == 0
            ? double.NaN
            : (forecasts.Logs.Average() - Independent(truth, counts, model?.Support is Domain.Real)) / Math.Log(2);
        if (counts)
            gain /= forecasts.Values.Average();
        string unit = counts ? "count" : "value", of = _modality is null ? "" : $" of {_word.Replace('_', ' ')} variables";
        return new(
            (counts ? PerCount : PerValue) + (_modality is null ? "" : "_" + _word), "Information", "", gain, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"By how many bits per {unit} forecasts of {evaluated.Options.PredictionSteps} rows beat variables without time."))
        {
            Label = $"information{of}, bits per {unit}",
            Weight = forecasts.Count,
        };
    }

    // The mean of log p of a value.
    private static double Independent(TimeSeries truth, bool counts, bool real)
    {
        double sum = 0;
        long all = 0;
        for (int n = 0; n < truth.Dimension; n++)
        {
            double[] values = [.. truth.Column(n).Where(v => !double.IsNaN(v))];
            all += values.Length;
            if (values.Length == 0)
                continue;
            double mean = values.Average();
            if (real)
                sum -= 0.5 * values.Length * (1 + Math.Log(2 * Math.PI * values.Sum(v => (v - mean) * (v - mean)) / values.Length));
            else if (!counts)
                sum += values.CountBy(v => v).Sum(level => level.Value * Math.Log(level.Value / (double)values.Length));
            else if (mean > 0)
                sum += values.Sum(new Poisson(mean).LogDensity);
        }
        return sum / all;
    }
}
