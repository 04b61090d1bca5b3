using Attractor.Evaluation;

namespace Attractor.Reports;

/// <summary>The scores in words.</summary>
public static class ScoreRows
{
    /// <summary>Geometry and spectra.</summary>
    public static IReadOnlyList<ScoreRow> Of(Reconstruction score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return [.. score.Scores.Select(s => Row(s, 1, null))];
    }

    /// <summary>Everything that was asked.</summary>
    /// <param name="scores">The evaluation.</param>
    /// <param name="dt">Time between two steps.</param>
    /// <param name="trueExponent">The system's largest Lyapunov exponent per unit of time, if it is known.</param>
    public static IReadOnlyList<ScoreRow> Of(ModelEvaluation scores, double dt, double? trueExponent)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return [.. scores.Scores.Select(s => Row(s, dt, trueExponent))];
    }

    private static ScoreRow Row(ScoreEntry score, double dt, double? trueRate)
    {
        (double value, string explanation) = score.IsRate ? (score.Value / dt, Unit(dt, trueRate)) : (score.Value, Explained(score));
        return new(score.Name, score.Symbol, value, score.Floor ?? double.NaN, explanation);
    }

    private static string Explained(ScoreEntry score)
        => string.Join(' ', ((string?[])[score.Explanation, score.UndecidableReason, score.Warning]).Where(s => s is not null));

    private static string Unit(double dt, double? trueRate)
        => trueRate is { } known ? FormattableString.Invariant($"Per unit of time; of the true system {known}.")
            : dt == 1 ? "Per step."
            : "Per unit of time.";
}
