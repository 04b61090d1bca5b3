using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>All trials of a study as a table of text.</summary>
internal static class StudyTable
{
    /// <summary>A row for each trial: number, state, settings, objectives, scores, what went wrong.</summary>
    public static byte[] Csv(Study study, IReadOnlyList<StudyTrial> trials)
    {
        string[] settings = [.. study.Plan.Space.Dimensions.Select(d => d.Setting.Key)];
        string[] scores = [.. trials.SelectMany(t => t.Scores.Select(s => s.Key)).Distinct().Except(settings)];
        StringBuilder text = new();
        Append(text, ["number", "state", .. settings, .. scores, "trial_seconds", "attempt", "failure"]);
        foreach (StudyTrial trial in trials)
            Append(text,
            [
                trial.Number.ToString(CultureInfo.InvariantCulture), StudyJson.Word(trial.State),
                .. settings.Select(s => Cell(trial.Parameters[s])), .. scores.Select(s => Cell(trial.Scores[s])),
                trial.Seconds?.ToString("R", CultureInfo.InvariantCulture) ?? "", trial.Attempt.ToString(CultureInfo.InvariantCulture),
                trial.Failure ?? "",
            ]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(JsonNode? value) => value is null ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static void Append(StringBuilder text, IEnumerable<string> cells)
        => text.AppendJoin(',', cells.Select(c => c.AsSpan().IndexOfAny("\",\r\n") < 0
            ? c
            : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
}
