namespace Attractor.Runs;

/// <summary>Which trials are better.</summary>
internal static class StudyRanking
{
    /// <summary>The completed ones, the best first.</summary>
    public static IReadOnlyList<StudyTrial> Of(Study study, IReadOnlyList<StudyTrial> trials)
    {
        StudyTrial[] completed = [.. trials.Where(t => t.State is TrialState.Completed)];
        return study.Plan.Objectives.Count == 1
            ? [.. completed.OrderBy(t => Costs(study.Plan, t)[0]).ThenBy(t => t.Number)]
            : [.. ParetoFront.Ranked(completed, t => Costs(study.Plan, t))];
    }

    /// <summary>The best one; of several objectives the whole front.</summary>
    public static IReadOnlyList<StudyTrial> Best(Study study, IReadOnlyList<StudyTrial> trials)
    {
        IReadOnlyList<StudyTrial> ranked = Of(study, trials);
        return study.Plan.Objectives.Count == 1
            ? [.. ranked.Take(1)]
            : [.. ParetoFront.Of(ranked, t => Costs(study.Plan, t)).OrderBy(t => Costs(study.Plan, t)[0])];
    }

    /// <summary>The objectives such that less is better.</summary>
    public static double[] Costs(StudyPlan plan, StudyTrial trial) => [.. trial.Values.Select((v, i) => plan.Objectives[i].Cost(v))];
}
