using System.Globalization;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>Figures of a study.</summary>
internal static class StudyFigures
{
    private const int MostLines = 150;
    private const double WideRange = 30, Better = 0.1;

    /// <summary>The objective over the trials; of two objectives one over the other.</summary>
    public static IEnumerable<Element> Progress(Study study, IReadOnlyList<StudyTrial> trials)
    {
        StudyTrial[] completed = [.. trials.Where(t => t.State is TrialState.Completed)];
        if (completed.Length == 0)
            yield break;
        StudyPlan plan = study.Plan;
        if (plan.Objectives.Count > 1)
        {
            IReadOnlyList<StudyTrial> front = StudyRanking.Best(study, trials);
            yield return new LineFigure(
                "Two objectives", "The Pareto front, and the trials that something is better than.", plan.Objectives[0].Metric,
                plan.Objectives[1].Metric,
                [
                    Dots("trials", "--faint", completed.Select(t => (t.Values[0], t.Values[1]))),
                    Dots("front", "--accent", front.Select(t => (t.Values[0], t.Values[1]))),
                ]);
            yield break;
        }
        List<double> best = [];
        foreach (StudyTrial trial in completed)
        {
            double value = trial.Values[0];
            best.Add(best.Count == 0 || plan.Objectives[0].Cost(value) < plan.Objectives[0].Cost(best[^1]) ? value : best[^1]);
        }
        List<Curve> curves =
        [
            Dots("trials", "--generated", completed.Select(t => ((double)t.Number, t.Values[0]))),
            new("best so far", "--accent", [.. completed.Select(t => (double)t.Number)], best),
        ];
        double[] floors = [.. completed.Select(t => StudyJson.Floor(t, plan.Objectives[0].Metric) ?? double.NaN)];
        if (floors.Any(double.IsFinite))
            curves.Add(new("floor", "--true", [.. completed.Select(t => (double)t.Number)], floors) { Dashed = true });
        yield return new LineFigure(
            "The objective over the trials", "Each completed trial, and the best that was known by then.", "trial",
            plan.Objectives[0].Metric, curves)
        {
            LogY = IsWide(completed.Select(t => t.Values[0])),
        };
    }

    /// <summary>Which settings went with which values.</summary>
    public static IEnumerable<Element> Settings(Study study, IReadOnlyList<StudyTrial> ranked)
    {
        StudyPlan plan = study.Plan;
        SampledTrial[] sampled = [.. ranked.Select(t => EndedTrials.Of(plan, t)).OfType<SampledTrial>()];
        int[] varying = [.. Enumerable.Range(0, plan.Space.Dimensions.Count).Where(d => plan.Space.Dimensions[d].Varies)];
        if (sampled.Length < 2 || varying.Length == 0)
        {
            yield return new Paragraph("Too few trials have completed to say anything of their settings.");
            yield break;
        }
        yield return Parallel(plan, varying, sampled);
        IReadOnlyList<double?> shares = SettingImportance.Of(plan.Space, sampled);
        if (varying.Any(d => shares[d] is not null))
            yield return new BarFigure(
                "What each setting decides by itself",
                $"The share of the variance of the ranks of {plan.Objectives[0].Metric} over the whole space that each setting decides by "
                    + "itself, by a functional analysis of variance on a forest of trees; settings together decide the other "
                    + Math.Max(0, 1 - shares.Sum(s => s ?? 0)).ToString("P0", CultureInfo.InvariantCulture) + ".",
                "", "share", [.. varying.Select(d => plan.Space.Dimensions[d].Setting.Key)],
                [new("share", "--generated", [.. varying.Select(d => shares[d] ?? double.NaN)])]);
        Figure[] single = [.. varying.Select(d => Single(plan, d, sampled))];
        foreach (Figure[] pair in single.Chunk(2))
            yield return pair.Length == 2 ? new Row(pair) : pair[0];
    }

    private static ParallelCoordinatesFigure Parallel(StudyPlan plan, int[] varying, SampledTrial[] sampled)
    {
        SampledTrial[] shown = [.. sampled.Take(MostLines).Reverse()];
        double low = sampled.Min(t => t.Values[0]), high = sampled.Max(t => t.Values[0]);
        int good = Math.Max(1, (int)Math.Ceiling(Better * sampled.Length));
        HashSet<long> best = [.. sampled.Take(good).Select(t => t.Number)];
        StudyObjective objective = plan.Objectives[0];
        return new(
            "Parallel coordinates",
            (sampled.Length > MostLines ? $"The best {MostLines} trials" : "All completed trials")
                + ", the best tenth of all in the accent; the last axis is the objective, the best at the bottom.",
            [
                .. varying.Select(d => Axis(plan.Space.Dimensions[d])),
                new(objective.Metric, Text(objective.Cost(low)), Text(objective.Cost(high))),
            ],
            [.. shown.Select(t => (
                $"trial {t.Number}",
                best.Contains(t.Number) ? "--accent" : "--faint",
                (IReadOnlyList<double>)[
                    .. varying.Select(d => Place(plan.Space.Dimensions[d], t.Point[d])),
                    high > low ? (t.Values[0] - low) / (high - low) : 0.5,
                ]))]);
    }

    private static LineFigure Single(StudyPlan plan, int d, SampledTrial[] sampled)
    {
        StudyDimension dimension = plan.Space.Dimensions[d];
        SampledTrial[] there = [.. sampled.Where(t => !double.IsNaN(t.Point[d]))];
        string words = dimension.IsNumeric ? "" : $" ({string.Join(", ", dimension.Values.Select((v, i) => $"{i}: {v}"))})";
        return new(
            $"Over {dimension.Setting.Key}", "Each completed trial.", dimension.Setting.Key + words, plan.Objectives[0].Metric,
            [Dots("trials", "--generated", there.Select(t => (t.Point[d], plan.Objectives[0].Cost(t.Values[0]))))])
        {
            LogX = dimension.IsOfScale || dimension.IsLogarithmic,
            LogY = IsWide(there.Select(t => plan.Objectives[0].Cost(t.Values[0]))),
        };
    }

    private static ParallelAxis Axis(StudyDimension dimension) => dimension.IsRange
        ? new(dimension.Setting.Key, Text(dimension.Low), Text(dimension.High))
        : new(dimension.Setting.Key, dimension.Values[0], dimension.Values[^1]);

    private static double Place(StudyDimension dimension, double coordinate)
    {
        if (double.IsNaN(coordinate))
            return double.NaN;
        if (!dimension.IsRange)
            return (double)dimension.IndexOf(coordinate) / (dimension.Count - 1);
        return dimension.IsLogarithmic
            ? Math.Log(coordinate / dimension.Low) / Math.Log(dimension.High / dimension.Low)
            : (coordinate - dimension.Low) / (dimension.High - dimension.Low);
    }

    private static Curve Dots(string name, string color, IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] all = [.. points];
        return new(name, color, [.. all.Select(p => p.X)], [.. all.Select(p => p.Y)]) { Style = CurveStyle.Dots, Size = 6 };
    }

    private static bool IsWide(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length > 0 && all.All(v => v > 0) && all.Max() > WideRange * all.Min();
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
