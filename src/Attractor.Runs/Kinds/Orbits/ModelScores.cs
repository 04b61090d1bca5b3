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
        AddScores(json, scores.Scores, dt);
        json["finite"] = scores.Finite;
        if (scores.Form is { } form)
            AddForm(json, DivergenceScore.KeyName, form);
        foreach (ScoreEntry score in scores.Scores)
            AddCeiling(json, score);
        return json;
    }

    /// <summary>The scores with their floors.</summary>
    public static void AddScores(JsonObject json, IEnumerable<ScoreEntry> scores, double? dt)
    {
        // The order of the keys is that of the first version: scores with a floor, rates, the others.
        foreach (ScoreEntry score in scores.OrderBy(s => s.Floor is not null ? 0 : s.IsRate ? 1 : 2))
        {
            json[score.IsRate ? score.Key + "_per_step" : score.Key] = Json.Number(score.Value);
            if (score.IsRate)
                json[score.Key] = dt is { } step ? Json.Number(score.Value / step) : null;
            if (score.Floor is { } floor)
                json[score.Key + "_floor"] = Json.Number(floor);
        }
    }

    /// <summary>How D_stsp was taken.</summary>
    public static void AddForm(JsonObject json, string key, DivergenceForm form)
    {
        json[key + "_form"] = form.Name;
        json[key + "_bins"] = form.Bins;
        json[key + "_components"] = form.Components;
    }

    /// <summary>Whether a score decides anything, of those that know.</summary>
    public static void AddCeiling(JsonObject json, ScoreEntry score)
    {
        if (score.Ceiling is { } ceiling)
        {
            json[score.Key + "_ceiling"] = Json.Number(ceiling);
            json[score.Key + "_decidable"] = score.IsDecidable;
            json[score.Key + "_decidable_reason"] = score.UndecidableReason;
        }
        if (score.Warning is { } warning)
            json[score.Key + "_warning"] = warning;
    }

    public static string ToText(ModelEvaluation scores, double? dt)
    {
        List<string> lines = ["                                    model     floor", .. scores.Scores.Select(s => Line(s, dt))];
        if (scores.Form is { } form && (form.Components is not null || form.Bins != StateSpaceDivergence.DefaultBins))
            lines.Add($"D_stsp over {form.Description}");
        lines.AddRange(scores.Scores.SelectMany(Remarks));
        if (scores.Finite)
            lines.AddRange(scores.Scores.Where(s => double.IsNaN(s.Value)).Select(s
                => $"{(s.Symbol.Length > 0 ? s.Symbol : s.Name)} is not a number: the data hold values that are missing, "
                    + "or too large or too few for it"));
        else
            lines.Add("the model's orbit diverges");
        return string.Join('\n', lines);
    }

    /// <summary>Whether every score is a number.</summary>
    public static bool AreNumbers(ModelEvaluation scores) => scores.Finite && !scores.Scores.Any(s => double.IsNaN(s.Value));

    /// <summary>What to mind when reading a score.</summary>
    public static IEnumerable<string> Remarks(ScoreEntry score)
    {
        if (score.UndecidableReason is { } reason)
            yield return $"{(score.Symbol.Length > 0 ? score.Symbol : score.Name)} is undecidable. {reason}";
        if (score.Warning is { } warning)
            yield return warning;
    }

    // What is left of a floor of 0 by rounding.
    private const double Rounding = 1e-15;

    private static string Line(ScoreEntry score, double? dt)
    {
        double value = score.IsRate && dt is { } step ? score.Value / step : score.Value;
        string floor = score.Floor is not { } known ? ""
            : double.IsNaN(known) ? $" {"none",9}"
            : string.Create(CultureInfo.InvariantCulture, $" {(Math.Abs(known) < Rounding ? 0 : known),9:G4}");
        string unit = !score.IsRate ? "" : dt is null ? "  per step" : "  per unit of time";
        return string.Create(CultureInfo.InvariantCulture, $"{score.Label,-32}{value,9:G4}{floor}{unit}");
    }
}
