using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// The values behind starts in the truth, log p of each under a free run from the state of its start, and how far it is from the mean.
/// </summary>
/// <param name="Logs">log p(x | z) of the values that are there, nats.</param>
/// <param name="Values">These values.</param>
/// <param name="AbsoluteErrors">|x - E[x | z]| of each.</param>
internal sealed record LikelihoodForecasts(double[] Logs, double[] Values, double[] AbsoluteErrors)
{
    private const int Starts = 500;

    public int Count => Values.Length;

    /// <summary>Forecasts of a network with observation models; none of another, or where the truth is too short.</summary>
    /// <param name="evaluated">The network and the truth.</param>
    /// <param name="modality">The variables; null for all.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public static LikelihoodForecasts Of(EvaluatedModel evaluated, Modality? modality, CancellationToken cancellationToken)
    {
        TimeSeries truth = evaluated.Truth;
        // Before the first start the encoder sees as many rows as it wants.
        int steps = evaluated.Options.PredictionSteps, first = Math.Min(2 * RecurrentModel.EncodedRows, truth.Length / 2);
        if (ModelOf(evaluated) is not { Readout: not null } model || truth.Length - first <= steps)
            return new([], [], []);
        List<double> states = [], values = [], errors = [];
        double[] mean = new double[truth.Dimension];
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
                model.Observe(state, mean);
                for (int n = 0; n < mean.Length; n++)
                    errors.Add(Math.Abs(truth[start + t, n] - mean[n]));
            }
        }
        double[] logs = model.LogLikelihood([.. states], [.. values]);
        HashSet<int>? columns = modality is null ? null : [.. modality.Columns];
        int[] kept =
        [
            .. Enumerable.Range(0, values.Count)
                .Where(i => !double.IsNaN(values[i]) && (columns is null || columns.Contains(i % truth.Dimension)))
        ];
        return new(
            Array.ConvertAll(kept, i => logs[i]), Array.ConvertAll(kept, i => values[i]), Array.ConvertAll(kept, i => errors[i]));
    }

    /// <summary>The network, drawn or not.</summary>
    public static RecurrentModel? ModelOf(EvaluatedModel evaluated)
        => evaluated.Model is DrawnObservations drawn ? drawn.Model : evaluated.Model as RecurrentModel;
}
