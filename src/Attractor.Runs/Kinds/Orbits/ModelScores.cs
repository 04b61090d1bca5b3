using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>The scores of an evaluation for a program and for a person.</summary>
internal static class ModelScores
{
    /// <param name="scores">The evaluation.</param>
    /// <param name="dt">Time between two steps, if it is known.</param>
    public static JsonObject ToJson(ModelEvaluation scores, double? dt)
    {
        string prediction = string.Create(CultureInfo.InvariantCulture, $"prediction_error_{scores.PredictionSteps}");
        return new()
        {
            ["d_stsp"] = Json.Number(scores.StateSpaceDivergence.Value),
            ["d_stsp_floor"] = Json.Number(scores.StateSpaceDivergence.Floor),
            ["d_hellinger"] = Json.Number(scores.HellingerDistance.Value),
            ["d_hellinger_floor"] = Json.Number(scores.HellingerDistance.Floor),
            [prediction] = Json.Number(scores.PredictionError.Value),
            [prediction + "_floor"] = Json.Number(scores.PredictionError.Floor),
            ["lyapunov_max_per_step"] = Json.Number(scores.MaximumLyapunovExponent),
            ["lyapunov_max"] = dt is { } step ? Json.Number(scores.MaximumLyapunovExponent / step) : null,
            ["valid_prediction_steps"] = Json.Number(scores.ValidPredictionSteps),
            ["finite"] = scores.Finite,
        };
    }

    public static string ToText(ModelEvaluation scores, double? dt)
    {
        List<string> lines =
        [
            "                                    model     floor",
            Row("state-space divergence D_stsp", scores.StateSpaceDivergence),
            Row("power-spectrum distance D_H", scores.HellingerDistance),
            Row($"{scores.PredictionSteps}-step prediction error", scores.PredictionError),
            string.Create(CultureInfo.InvariantCulture, $"{"valid prediction time, steps",-32}{scores.ValidPredictionSteps,9:G4}"),
            dt is { } step
                ? string.Create(CultureInfo.InvariantCulture, $"{"largest Lyapunov exponent",-32}{scores.MaximumLyapunovExponent / step,9:G4}  per unit of time")
                : string.Create(CultureInfo.InvariantCulture, $"{"largest Lyapunov exponent",-32}{scores.MaximumLyapunovExponent,9:G4}  per step"),
        ];
        if (!scores.Finite)
            lines.Add("the model's orbit diverges");
        return string.Join('\n', lines);
    }

    private static string Row(string name, Score score) => string.Create(CultureInfo.InvariantCulture, $"{name,-32}{score.Value,9:G4} {score.Floor,9:G4}");
}
