using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>The verdict on a model for a program and for a person.</summary>
internal static class RunVerdict
{
    /// <summary>The verdict on a model that was just trained, beside its data.</summary>
    /// <returns>Null of a model that does not go on by itself, of too few rows, and of a training that was given up.</returns>
    public static Verdict? Of(Run run, TrainingData data, TrainingEnding ending, CancellationToken cancellationToken)
    {
        if (ending is not TrainingEnding.Completed || run.Model is not IGenerativeModel generative || data is not SeriesData series)
            return null;
        TimeSeries[] trials = [.. series.Trials.Where(t => t.Dimension == generative.Observed)];
        if (trials.Sum(t => (long)t.Length) < FreeRunScore.FewestRows)
            return null;
        try
        {
            return Verdict.Of(
                generative is RecurrentModel { Modalities.Count: > 0 } network ? network.Drawn() : generative, trials, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The model is learnt and written: that it is not judged takes nothing from it.
            return null;
        }
    }

    public static void AddTo(JsonObject json, Verdict? verdict)
    {
        json["verdict"] = verdict?.Name;
        json["verdict_reason"] = verdict?.Reason;
    }

    public static string ToText(Verdict verdict)
        => verdict.Advice.Length == 0 ? $"verdict: {verdict.Sentence}" : $"verdict: {verdict.Sentence} {verdict.Advice}";

    /// <summary>Why a verdict does not do; null if it does.</summary>
    public static string? Unmet(Verdict? verdict, VerdictKind? required)
        => required is not { } least || verdict?.Meets(least) == true
            ? null
            : $"the verdict is to be '{(least is VerdictKind.OnTheAttractor ? "on the attractor" : "near it")}' or better and is "
                + (verdict is null ? "not given: there is nothing to judge it by" : $"'{verdict.Name}'");
}
