using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>
/// The largest Lyapunov exponent of the model; NaN if its orbit is not finite. It is to be held against the system's own.
/// </summary>
public sealed class LyapunovScore : ReconstructionScore
{
    internal const string KeyName = "lyapunov_max";

    /// <inheritdoc/>
    protected internal override bool IsOfRecordings => false;

    /// <inheritdoc/>
    public override ScoreEntry Of(EvaluatedModel evaluated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        (IObservedMap model, TimeSeries truth) = (evaluated.Model, evaluated.Truth);
        int start = ComparedOrbit.Start(truth, model);
        double[] state = FreeRun.StateAt(model, truth, start);
        model = DrivenMap.Along(model, truth.Inputs, start);
        // A map with a history has yet to take in the row that it sets out from: before that its newest entry is empty.
        if (model.WarmUp > 0)
            model.ForcedStep(state, truth.Row(start), state);
        double exponent = Lyapunov.Maximum(model, state, evaluated.Options.LyapunovSteps, truth.Length / 4, cancellationToken);
        return new(KeyName, "Largest Lyapunov exponent", "lambda", exponent, null, "Per step.")
        {
            Label = "largest Lyapunov exponent",
            IsRate = true
        };
    }
}
