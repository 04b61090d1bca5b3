using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Reports;

/// <summary>A forecast that is neither a lucky one nor an unlucky one.</summary>
/// <param name="Start">The row of the truth it starts from.</param>
/// <param name="ValidSteps">Steps for which it is valid.</param>
/// <param name="Series">The forecast: row 0 is the start.</param>
public sealed record TypicalForecast(int Start, int ValidSteps, TimeSeries Series)
{
    private const int ShortestShown = 200, LongestShown = 5000;

    /// <summary>The median over all starts: the valid prediction time that a model is scored by.</summary>
    public double Median { get; init; }

    /// <summary>How many starts it is over.</summary>
    public int Starts { get; init; }

    /// <summary>Which of several recordings it starts in, from 0.</summary>
    public int Trial { get; init; }

    /// <summary>
    /// Of the starts of the valid prediction time the one whose forecast is valid for about the median time, shown for twice as long; null
    /// if the truth is too short or full of gaps.
    /// </summary>
    public static TypicalForecast? Of(IObservedMap model, TimeSeries truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return OfTrials(model, [truth]);
    }

    /// <summary>The same of several recordings, of which each has as many starts as its rows have a share in.</summary>
    public static TypicalForecast? OfTrials(IObservedMap model, IReadOnlyList<TimeSeries> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        double all = trials.Sum(trial => (double)trial.Length);
        (int Trial, int Row, int Steps)[] tried = [.. trials.SelectMany((truth, k) => truth.Length <= ShortestShown
            ? []
            : ValidPredictionTime.ByStart(model, truth, (int)Math.Ceiling(ValidPredictionTime.DefaultStarts * truth.Length / all))
                .Select(start => (k, start.Row, start.Steps)))];
        (int Trial, int Row, int Steps)[] whole = [.. tried.Where(t => trials[t.Trial].Length - t.Row >= ShortestShown
            && trials[t.Trial].Slice(t.Row, ShortestShown).FindNonFinite() is null)];
        if (whole.Length == 0)
            return null;
        double median = ValidPredictionTime.Median([.. tried.Select(t => t.Steps)]);
        (int trial, int row, int valid) = whole.MinBy(t => Math.Abs(t.Steps - median));
        int rows = Math.Min(trials[trial].Length - row, Math.Clamp(2 * valid, ShortestShown, LongestShown));
        return new(row, valid, FreeRun.After(model, trials[trial], row, rows)) { Median = median, Starts = tried.Length, Trial = trial };
    }
}
