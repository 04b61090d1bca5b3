using System.Text.Json;

namespace Attractor.Runs;

/// <summary>The trials that ended, as a sampler learns from them; each is read once.</summary>
internal sealed class EndedTrials(Study study)
{
    private readonly Dictionary<long, SampledTrial?> _known = [];
    private long _since;

    public IReadOnlyList<SampledTrial> Sampled()
    {
        foreach (StudyTrial trial in study.Store.EndedSince(_since))
        {
            _known.TryAdd(trial.Number, Of(study.Plan, trial));
            _since = Math.Max(_since, trial.EndedAt ?? 0);
        }
        return [.. _known.Values.OfType<SampledTrial>().OrderBy(t => t.Number)];
    }

    /// <summary>Null of a trial that says nothing: one that failed, or was pruned before it reported.</summary>
    public static SampledTrial? Of(StudyPlan plan, StudyTrial trial)
    {
        using JsonDocument json = JsonDocument.Parse(trial.Parameters.ToJsonString());
        if (trial.Values.Count == 0 || plan.Space.FromJson(json.RootElement) is not { } point)
            return null;
        return trial.State switch
        {
            TrialState.Completed => new(trial.Number, point, StudyRanking.Costs(plan, trial), null),
            TrialState.Pruned => new(trial.Number, point, [plan.PruneOn!.Cost(trial.Values[0])], trial.PrunedAt ?? 0),
            _ => null,
        };
    }
}
