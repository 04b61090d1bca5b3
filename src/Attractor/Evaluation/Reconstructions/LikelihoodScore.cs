using System.Globalization;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// How likely the rows are that follow the state at a row, of a network with an observation model: the mean of log p(x | z) over the values
/// of <see cref="EvaluationOptions.PredictionSteps"/> rows, in nats.
/// </summary>
/// <remarks>
/// The state is that of the rows up to the start and none behind it (<see cref="RecurrentModel.EncodedRows"/>); what follows is a free run.
/// A network of real numbers has no such score: NaN.
/// </remarks>
public sealed class LikelihoodScore : ReconstructionScore
{
    internal const string KeyName = "log_likelihood";
    private const int Starts = 500;

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        (double[] logs, _) = Forecasts(evaluated, cancellationToken);
        return new(
            KeyName, "Log-likelihood", "", logs.Length > 0 ? logs.Average() : double.NaN, null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Mean log p of a value in the {evaluated.Options.PredictionSteps} rows after a start, in nats."))
        {
            Label = "log-likelihood of a value, nats",
            Weight = logs.Length,
        };
    }

    /// <summary>log p of all values that are there in the rows behind the starts, and these values.</summary>
    internal static (double[] Logs, double[] Values) Forecasts(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        RecurrentModel? model = evaluated.Model is DrawnObservations drawn ? drawn.Model : evaluated.Model as RecurrentModel;
        TimeSeries truth = evaluated.Truth;
        // Before the first start the encoder sees as many rows as it wants.
        int steps = evaluated.Options.PredictionSteps, first = Math.Min(2 * RecurrentModel.EncodedRows, truth.Length / 2);
        if (model?.Observation is null || truth.Length - first <= steps)
            return ([], []);
        List<double> states = [], values = [];
        foreach (int offset in ComparedRows.Spread(truth.Length - first - steps, evaluated.Starts(Starts)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = first + offset;
            double[] state = FreeRun.StateAt(model, truth, start);
            IObservedMap along = DrivenMap.Along(model, truth.Inputs, start);
            for (int t = 1; t <= steps; t++)
            {
                along.Step(state, state);
                states.AddRange(state);
                values.AddRange(truth.Row(start + t));
            }
        }
        double[] logs = model.LogLikelihood([.. states], [.. values]);
        return ([.. logs.Where((_, i) => !double.IsNaN(values[i]))], [.. values.Where(v => !double.IsNaN(v))]);
    }
}
