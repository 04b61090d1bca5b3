using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>A model beside several recordings: the scores of each, and those of all.</summary>
internal static class TrialScoring
{
    private const int FewestRows = 4;

    public static ModelEvaluation Of(
        IObservedMap model,
        IReadOnlyList<TimeSeries> trials,
        EvaluationOptions options,
        IReadOnlyList<TimeSeries>? references,
        CancellationToken cancellationToken)
    {
        string?[] leftOut = [.. trials.Select(WhyNot)];
        int[] scored = [.. Enumerable.Range(0, trials.Count).Where(i => leftOut[i] is null)];
        if (scored.Length == 0)
            throw new ArgumentException($"None of {trials.Count} recordings can be scored: {leftOut[0]}.", nameof(trials));
        double rows = scored.Sum(i => (double)trials[i].Length);
        EvaluatedModel[] each =
        [
            .. scored.Select(i => Reconstruction.Evaluated(
                model,
                trials[i],
                options,
                references is null
                    ? null
                    : NoiseFloors.OfRecording(trials[i], references[i % references.Count], options, cancellationToken),
                cancellationToken) with { Share = trials[i].Length / rows })
        ];
        NoiseFloors floors = NoiseFloors.Pooled([.. each.Select(one => one.Floors.Reference!.Value)], options, cancellationToken);
        EvaluatedModel longest = each.MaxBy(one => one.Truth.Length)!;
        List<ScoreEntry> pooled = [];
        List<ScoreEntry>[] own = [.. each.Select(_ => new List<ScoreEntry>())];
        foreach (ReconstructionScore score in options.Scores)
        {
            if (!score.IsOfRecordings)
            {
                pooled.Add(score.Of(longest, cancellationToken));
                continue;
            }
            ScoreEntry[] entries = [.. each.Select(one => score.Of(one, cancellationToken))];
            pooled.Add(score.Pool(entries, each, floors, cancellationToken));
            for (int i = 0; i < entries.Length; i++)
                own[i].Add(entries[i]);
        }
        return new()
        {
            Scores = pooled,
            PredictionSteps = options.PredictionSteps,
            Finite = each.All(one => ComparedRows.IsFinite(one.Generated.Values)),
            Generated = longest.Generated,
            Form = options.Form,
            Trials =
            [
                .. trials.Select((trial, i) => Array.IndexOf(scored, i) is >= 0 and var place
                    ? new TrialEvaluation(i, trial.Length, own[place])
                    {
                        Generated = each[place].Generated,
                        Finite = ComparedRows.IsFinite(each[place].Generated.Values),
                    }
                    : new TrialEvaluation(i, trial.Length, []) { LeftOut = leftOut[i] })
            ],
        };
    }

    // What no score can be taken of.
    private static string? WhyNot(TimeSeries trial)
        => trial.Length < FewestRows ? FormattableString.Invariant($"{trial.Length} rows are too few")
            : ComparedRows.Complete(trial).Length == 0 ? "no row is without missing values"
            : ComparedRows.AnyConstant(trial) ? "a variable is constant"
            : null;
}
