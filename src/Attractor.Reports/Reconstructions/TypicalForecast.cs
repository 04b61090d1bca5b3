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

    /// <summary>
    /// Of the starts of the valid prediction time the one whose forecast is valid for about the median time, shown for twice as long; null
    /// if the truth is too short or full of gaps.
    /// </summary>
    public static TypicalForecast? Of(IObservedMap model, TimeSeries truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Length <= ShortestShown)
            return null;
        (int Row, int Steps)[] tried = ValidPredictionTime.ByStart(model, truth);
        double median = ValidPredictionTime.Median([.. tried.Select(t => t.Steps)]);
        (int Row, int Steps)[] whole = [.. tried.Where(
            t => truth.Length - t.Row >= ShortestShown && truth.Slice(t.Row, ShortestShown).FindNonFinite() is null)];
        if (whole.Length == 0)
            return null;
        (int start, int valid) = whole.MinBy(t => Math.Abs(t.Steps - median));
        int rows = Math.Min(truth.Length - start, Math.Clamp(2 * valid, ShortestShown, LongestShown));
        return new(start, valid, FreeRun.After(model, truth, start, rows)) { Median = median, Starts = tried.Length };
    }
}
