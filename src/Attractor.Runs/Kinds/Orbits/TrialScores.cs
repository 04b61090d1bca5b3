using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The scores of an evaluation by trial, for a program and for a person.</summary>
internal static class TrialScores
{
    private const int MostLines = 12;

    private const string Pooled = "Scores are taken over all trials, none across a border: D_stsp of all rows together, D_H the mean by "
        + "rows, prediction errors over the starts within trials.";

    /// <summary>Adds the trials, in their order; nothing of a single recording.</summary>
    public static void AddTo(JsonObject json, ModelEvaluation scores, IReadOnlyList<string> names, double? dt)
    {
        if (scores.Trials.Count == 0)
            return;
        json["trials"] = new JsonArray([.. scores.Trials.Select(trial =>
        {
            JsonObject one = new() { ["name"] = names[trial.Index], ["rows"] = trial.Rows };
            if (trial.LeftOut is { } reason)
                one["left_out"] = reason;
            else
            {
                ModelScores.AddScores(one, trial.Scores, dt);
                one["finite"] = trial.Finite;
            }
            return one;
        })]);
    }

    /// <summary>A table of the trials; nothing of a single recording.</summary>
    public static IEnumerable<string> ToText(ModelEvaluation scores, IReadOnlyList<string> names)
    {
        if (scores.Trials.Count == 0)
            yield break;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"by trial, of {scores.Trials.Count:N0}{(scores.Trials.Count > MostLines ? $" the first {MostLines}" : "")}:");
        (string[] header, IEnumerable<string[]> rows) = Table(scores, names);
        foreach (string[] row in rows.Take(MostLines).Prepend(header))
            yield return (row[0].PadRight(20) + string.Concat(row.Skip(1).Select(cell => cell.PadLeft(12)))).TrimEnd();
    }

    /// <summary>The section of a report; null of a single recording.</summary>
    public static Section? ToSection(ModelEvaluation scores, IReadOnlyList<string> names)
    {
        if (scores.Trials.Count == 0)
            return null;
        (string[] header, IEnumerable<string[]> rows) = Table(scores, names);
        return new("Trials", [new Paragraph(Pooled), new TableElement([header[0], .. header.Skip(1).Select(h => h + "#")], [.. rows])]);
    }

    private static (string[] Header, IEnumerable<string[]> Rows) Table(ModelEvaluation scores, IReadOnlyList<string> names)
    {
        ScoreEntry[] columns = [.. (scores.Trials.FirstOrDefault(trial => trial.LeftOut is null)?.Scores ?? [])];
        return (
            ["trial", "rows", .. columns.Select(score => score.Symbol.Length > 0 ? score.Symbol : score.Key)],
            scores.Trials.Select(trial => (string[])
            [
                names[trial.Index],
                trial.Rows.ToString("N0", CultureInfo.InvariantCulture),
                .. trial.LeftOut is { } reason
                    ? columns.Select((_, i) => i == 0 ? "left out: " + reason : "")
                    : trial.Scores.Select(score => score.Value.ToString("G4", CultureInfo.InvariantCulture)),
            ]));
    }
}
