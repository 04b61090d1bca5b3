using System.Globalization;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Studies and trials for a program, and for a person.</summary>
internal static class StudyJson
{
    /// <summary>One trial.</summary>
    public static JsonObject Of(Study study, StudyTrial trial)
    {
        JsonObject values = [];
        if (trial.State is TrialState.Completed)
            for (int i = 0; i < trial.Values.Count; i++)
                values[study.Plan.Objectives[i].Metric] = Json.Number(trial.Values[i]);
        return new()
        {
            ["number"] = trial.Number,
            ["state"] = Word(trial.State),
            ["parameters"] = trial.Parameters.DeepClone(),
            ["values"] = values,
            ["scores"] = trial.Scores.DeepClone(),
            ["failure"] = trial.Failure,
            ["seconds"] = trial.Seconds is { } seconds ? Json.Number(seconds) : null,
            ["attempt"] = trial.Attempt,
            ["run"] = study.FolderOf(trial.Number),
        };
    }

    /// <summary>Where a study stands.</summary>
    public static JsonObject Status(Study study)
    {
        IReadOnlyDictionary<TrialState, long> counts = study.Store.Counts();
        (long trials, long begun) = study.Store.Size();
        JsonObject json = new()
        {
            ["study"] = study.Path,
            ["name"] = study.Plan.Name,
            ["store"] = study.StoreName,
            ["model"] = study.Plan.Model,
            ["sampler"] = study.Plan.Sampler,
            ["pruner"] = study.Plan.Pruner,
            ["objectives"] = new JsonArray([.. study.Plan.Objectives.Select(o => (JsonNode?)o.ToString())]),
            ["trials"] = trials,
            ["not_begun"] = trials - begun,
        };
        foreach (TrialState state in Enum.GetValues<TrialState>())
            json[Word(state)] = counts.GetValueOrDefault(state);
        json["workers"] = new JsonArray([.. study.Store.Workers().Order(StringComparer.Ordinal).Select(w => (JsonNode?)w)]);
        json["best"] = new JsonArray([.. StudyRanking.Best(study, study.Trials).Select(t => (JsonNode)Of(study, t))]);
        return json;
    }

    /// <summary>Where a study stands, in lines.</summary>
    public static string StatusText(Study study)
    {
        IReadOnlyDictionary<TrialState, long> counts = study.Store.Counts();
        (long trials, long begun) = study.Store.Size();
        string states = string.Join(", ", Enum.GetValues<TrialState>().Where(counts.ContainsKey).Select(s => string.Create(
            CultureInfo.InvariantCulture, $"{counts[s]} {Word(s)}")));
        string left = trials > begun ? string.Create(CultureInfo.InvariantCulture, $"{trials - begun} not begun") : "";
        string[] parts = [.. ((string[])[states, left]).Where(p => p.Length > 0)];
        int workers = study.Store.Workers().Count;
        string working = workers > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {workers} workers") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{study.Path}: {trials} trials: {string.Join(", ", parts)}{working}")
            + BestText(study);
    }

    /// <summary>The best trials, in lines.</summary>
    public static string BestText(Study study)
        => string.Concat(StudyRanking.Best(study, study.Trials).Select(t => $"\n  {Line(study, t)}"));

    /// <summary>A trial in a line, each value beside its floor where it has one.</summary>
    public static string Line(Study study, StudyTrial trial)
    {
        IEnumerable<string> values = trial.State is TrialState.Completed
            ? study.Plan.Objectives.Select((o, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"{o.Metric} {trial.Values[i]:G4}{(Floor(trial, o.Metric) is { } floor ? $" (floor {floor:G4})" : "")}"))
            : [trial.Failure ?? Word(trial.State)];
        return string.Create(
            CultureInfo.InvariantCulture, $"trial {trial.Number}: {string.Join(", ", values)}  {StudyText.Parameters(trial)}");
    }

    /// <summary>What a perfect model would score, where the evaluation says so.</summary>
    public static double? Floor(StudyTrial trial, string metric)
        => trial.Scores.TryGetPropertyValue(metric + "_floor", out JsonNode? floor)
            && TrialText.Number(floor, metric) is var value && double.IsFinite(value) ? value : null;

    public static string Word(TrialState state) => state.ToString().ToLowerInvariant();
}
