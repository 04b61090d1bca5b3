using System.Globalization;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>One page on a study: its trials, what they were like, which settings mattered, which failed.</summary>
internal static class StudyReport
{
    private const int MostRows = 500, MostFailures = 200;

    public static void Write(Study study, string path)
    {
        IReadOnlyList<StudyTrial> trials = study.Trials, ranked = StudyRanking.Of(study, trials);
        StudyPlan plan = study.Plan;
        List<Section> sections =
        [
            new("Result", [new Conclusion(Result(study, trials)), .. StudyFigures.Progress(study, trials)]),
            new("Settings", [.. StudyFigures.Settings(study, ranked)]),
            new("Trials, the best first", Table(study, ranked)),
        ];
        StudyTrial[] failed = [.. trials.Where(t => t.State is TrialState.Failed)];
        if (failed.Length > 0)
            sections.Add(new("Failures", Failures(failed)));
        sections.Add(new("Plan", [new KeyValueTable(
        [
            ("model", plan.Model), ("data", plan.Data ?? ""), ("scored on", plan.Validation ?? "what it learnt from"),
            .. plan.Space.Dimensions.Select(d => ("varies", d.ToString())),
            .. plan.Objectives.Select(o => ("objective", o.ToString())),
            ("sampler", plan.Sampler), ("pruner", plan.Pruner), ("seed", Number(plan.Seed)),
        ]), new CommandList([("go on", $"attractor study run {RunCommands.Quote(study.Path)}")])]));
        new Report(
            $"Study: {plan.Name}",
            $"{plan.Model} on {Path.GetFileName(plan.Data)}: {Counts(trials)}.",
            sections).Save(path);
    }

    private static string Counts(IReadOnlyList<StudyTrial> trials) => string.Join(", ", trials.GroupBy(t => t.State).OrderBy(g => g.Key)
        .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {StudyJson.Word(g.Key)}")));

    private static string Result(Study study, IReadOnlyList<StudyTrial> trials)
    {
        IReadOnlyList<StudyTrial> best = StudyRanking.Best(study, trials);
        if (best.Count == 0)
            return "No trial has completed.";
        if (best.Count > 1)
            return string.Create(CultureInfo.InvariantCulture, $"{best.Count} trials of which none is better in everything. ")
                + "The Pareto front: " + string.Join("; ", best.Take(10).Select(t => StudyJson.Line(study, t))) + ".";
        StudyObjective objective = study.Plan.Objectives[0];
        double[] costs = [.. trials.Where(t => t.State is TrialState.Completed).Select(t => t.Values[0]).Order()];
        return StudyJson.Line(study, best[0]) + string.Create(
            CultureInfo.InvariantCulture, $". Of the {costs.Length} that completed the median has {costs[costs.Length / 2]:G4}, ")
            + string.Create(CultureInfo.InvariantCulture, $"the range is {costs[0]:G4} to {costs[^1]:G4}. ")
            + (StudyJson.Floor(best[0], objective.Metric) is null
                ? "The metric has no floor to compare with."
                : "The floor is what a perfect model would score on such data.")
            + (best[0].Scores[objective.Metric + "_decidable"]?.GetValueKind() is System.Text.Json.JsonValueKind.False
                ? $" The data do not decide by {objective.Metric}: they hold too little."
                : "")
            + " The best of many is better than it will be on new data: score it once more on data that chose nothing.";
    }

    private static Element[] Table(Study study, IReadOnlyList<StudyTrial> ranked)
    {
        StudyPlan plan = study.Plan;
        string[] headings =
        [
            "trial#", .. plan.Objectives.SelectMany(o => (string[])[o.Metric + "#", o.Metric + " floor#"]),
            .. plan.Space.Dimensions.Select(d => d.Setting.Key + (d.IsNumeric ? "#" : "")), "seconds#",
        ];
        TableElement table = new(headings, [.. ranked.Take(MostRows).Select(t => (IReadOnlyList<string>)
        [
            Number(t.Number),
            .. plan.Objectives.SelectMany((o, i) => (string[])
                [Number(t.Values[i]), StudyJson.Floor(t, o.Metric) is { } floor ? Number(floor) : ""]),
            .. plan.Space.Dimensions.Select(d => StudyText.Value(t.Parameters[d.Setting.Key])),
            t.Seconds is { } seconds ? seconds.ToString("F1", CultureInfo.InvariantCulture) : "",
        ])]);
        return ranked.Count > MostRows
            ? [new Paragraph($"The best {MostRows} of {ranked.Count}; attractor study export writes all."), table]
            : [table];
    }

    private static Element[] Failures(StudyTrial[] failed)
    {
        TableElement reasons = new(
            ["trials#", "reason"],
            [.. failed.GroupBy(t => t.Failure ?? "").OrderByDescending(g => g.Count()).Take(MostFailures)
                .Select(g => (IReadOnlyList<string>)[Number(g.Count()), g.Key])]);
        TableElement each = new(
            ["trial#", "settings", "reason"],
            [.. failed.Take(MostFailures).Select(t => (IReadOnlyList<string>)
                [Number(t.Number), StudyText.Parameters(t), t.Failure ?? ""])]);
        return [reasons, each];
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
