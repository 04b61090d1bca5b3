using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>Several runs that are looked at together: the trials of a study, the seeds of a folder, or one run.</summary>
internal static class RunSet
{
    /// <summary>The finished runs that lie in a folder of seeds or in a study, in order; none of a folder that is neither.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        IEnumerable<string> folders = StudyFolder.IsOne(path)
            ? Directory.Exists(StudyFolder.TrialsOf(path)) ? Directory.EnumerateDirectories(StudyFolder.TrialsOf(path)) : []
            : Directory.Exists(path) && !File.Exists(Path.Combine(path, RunLayout.Config)) ? RunLayout.Seeds(path) : [];
        return [.. folders.Where(f => File.Exists(Path.Combine(f, RunLayout.Model)))
            .OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)];
    }

    /// <summary>What two sets are compared by where nobody says: the objective of the study among them.</summary>
    public static StudyObjective ObjectiveOf(string first, string second)
    {
        foreach (string path in (string[])[first, second])
            if (StudyFolder.IsOne(path))
            {
                using Study study = Study.Open(path);
                return study.Plan.Objectives[0];
            }
        return new("d_stsp");
    }

    /// <summary>The finite values of a number: of a study what its trials have, else what an evaluation finds.</summary>
    /// <param name="path">A study, a folder of seeds or a run.</param>
    /// <param name="metric">Which.</param>
    /// <param name="data">What to evaluate on; null of a study.</param>
    /// <param name="token">Ends it before its time.</param>
    public static double[] Values(string path, StudyObjective metric, string? data, CancellationToken token)
    {
        if (StudyFolder.IsOne(path) && data is null)
        {
            using Study study = Study.Open(path);
            return [.. study.Trials.Where(t => t.State is TrialState.Completed)
                .Select(t => Value(t.Scores, metric, path)).Where(double.IsFinite)];
        }
        IReadOnlyList<string> runs = Of(path) is { Count: > 0 } several ? several : [path];
        return [.. runs.Select(r => Value(Evaluated(r, data, token).Json, metric, r)).Where(double.IsFinite)];
    }

    /// <summary>What an evaluation of a run finds, without a verdict.</summary>
    public static Answer Evaluated(string run, string? data, CancellationToken token)
    {
        TrainedModel model = TrainedModel.Load(run);
        Capability evaluation = model.Require(Verbs.Evaluate);
        SettingsRecord options = evaluation.Options.Defaults is OrbitEvaluationOptions orbit
            ? orbit with { Verdict = false }
            : evaluation.Options.Defaults;
        return evaluation.Ask(model, options, new(data, null, null, token));
    }

    private static double Value(JsonObject scores, StudyObjective metric, string path)
        => scores.TryGetPropertyValue(metric.Metric, out JsonNode? value)
            ? TrialText.Number(value, metric.Metric)
            : throw new ArgumentException(
                $"{path} has no {metric.Metric}; it has {string.Join(", ", scores.Where(s => s.Value is JsonValue).Select(s => s.Key))}");
}
