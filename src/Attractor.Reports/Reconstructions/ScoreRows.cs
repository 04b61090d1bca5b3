using Attractor.Evaluation;

namespace Attractor.Reports;

/// <summary>The scores in words.</summary>
public static class ScoreRows
{
    /// <summary>Geometry and spectra.</summary>
    public static IReadOnlyList<ScoreRow> Of(Reconstruction score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return
        [
            new("State-space divergence", "D_stsp", score.StateSpaceDivergence.Value, score.StateSpaceDivergence.Floor, "Kullback-Leibler divergence of where the orbits spend their time, in nats."),
            new("Power-spectrum distance", "D_H", score.HellingerDistance.Value, score.HellingerDistance.Floor, "Hellinger distance of the smoothed power spectra, from 0 to 1."),
        ];
    }

    /// <summary>Everything that was asked.</summary>
    /// <param name="scores">The evaluation.</param>
    /// <param name="dt">Time between two steps.</param>
    /// <param name="trueExponent">The system's largest Lyapunov exponent per unit of time, if it is known.</param>
    public static IReadOnlyList<ScoreRow> Of(ModelEvaluation scores, double dt, double? trueExponent)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return
        [
            .. Of(new Reconstruction(scores.StateSpaceDivergence, scores.HellingerDistance)),
            new("Prediction error", FormattableString.Invariant($"PE({scores.PredictionSteps})"), scores.PredictionError.Value, scores.PredictionError.Floor, FormattableString.Invariant($"Mean squared error {scores.PredictionSteps} steps ahead, in units of the data squared.")),
            new("Valid prediction time", "", scores.ValidPredictionSteps, double.NaN, "Steps until a forecast is off by 0.4 standard deviations of the data; median over 100 starts."),
            new("Largest Lyapunov exponent", "lambda", scores.MaximumLyapunovExponent / dt, double.NaN, trueExponent is { } known ? FormattableString.Invariant($"Per unit of time; of the true system {known}.") : dt == 1 ? "Per step." : "Per unit of time."),
        ];
    }
}
