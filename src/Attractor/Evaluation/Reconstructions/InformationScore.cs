using System.Globalization;
using Attractor.Models;
using Attractor.Probability;

namespace Attractor.Evaluation;

/// <summary>
/// By how many bits the forecasts of <see cref="LikelihoodScore"/> beat variables that are independent of time: of counts each a Poisson of
/// its own mean, in bits per count (per spike); of levels each with its own frequencies, in bits per value.
/// </summary>
/// <remarks>The mean and the frequencies are those of the data that are scored. 0 says that nothing is known of the time.</remarks>
public sealed class InformationScore : ReconstructionScore
{
    private const string PerCount = "bits_per_count", PerValue = "bits_per_value";

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        (double[] logs, double[] values) = LikelihoodScore.Forecasts(evaluated, cancellationToken);
        RecurrentModel? model = evaluated.Model is DrawnObservations drawn ? drawn.Model : evaluated.Model as RecurrentModel;
        bool counts = model?.Observation is { Levels: null, Support: Domain.Natural };
        double gain = logs.Length == 0 ? double.NaN : (logs.Average() - Independent(evaluated.Truth, counts)) / Math.Log(2);
        if (counts)
            gain /= values.Average();
        string unit = counts ? "count" : "value";
        return new(
            counts ? PerCount : PerValue, "Information", "", gain, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"By how many bits per {unit} forecasts of {evaluated.Options.PredictionSteps} rows beat variables without time."))
        {
            Label = "information, bits per " + unit,
            Weight = logs.Length,
        };
    }

    // The mean of log p of a value.
    private static double Independent(TimeSeries truth, bool counts)
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
            if (!counts)
                sum += values.CountBy(v => v).Sum(level => level.Value * Math.Log(level.Value / (double)values.Length));
            else if (mean > 0)
                sum += values.Sum(new Poisson(mean).LogDensity);
        }
        return sum / all;
    }
}
