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
        JsonObject json = [];
        // The order of the keys is that of the first version: scores with a floor, rates, the others.
        foreach (ScoreEntry score in scores.Scores.OrderBy(s => s.Floor is not null ? 0 : s.IsRate ? 1 : 2))
        {
            json[score.IsRate ? score.Key + "_per_step" : score.Key] = Json.Number(score.Value);
            if (score.IsRate)
                json[score.Key] = dt is { } step ? Json.Number(score.Value / step) : null;
            if (score.Floor is { } floor)
                json[score.Key + "_floor"] = Json.Number(floor);
        }
        json["finite"] = scores.Finite;
        return json;
    }

    public static string ToText(ModelEvaluation scores, double? dt)
    {
        List<string> lines = ["                                    model     floor", .. scores.Scores.Select(s => Line(s, dt))];
        if (!scores.Finite)
            lines.Add("the model's orbit diverges");
        return string.Join('\n', lines);
    }

    private static string Line(ScoreEntry score, double? dt)
    {
        double value = score.IsRate && dt is { } step ? score.Value / step : score.Value;
        string floor = score.Floor is { } known ? string.Create(CultureInfo.InvariantCulture, $" {known,9:G4}") : "";
        string unit = !score.IsRate ? "" : dt is null ? "  per step" : "  per unit of time";
        return string.Create(CultureInfo.InvariantCulture, $"{score.Label,-32}{value,9:G4}{floor}{unit}");
    }
}
