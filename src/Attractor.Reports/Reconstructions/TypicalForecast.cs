using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Reports;

/// <summary>A forecast that is neither a lucky one nor an unlucky one.</summary>
/// <param name="Start">The row of the truth it starts from.</param>
/// <param name="ValidSteps">Steps for which it is valid.</param>
/// <param name="Series">The forecast: row 0 is the start.</param>
public sealed record TypicalForecast(int Start, int ValidSteps, TimeSeries Series)
{
    private const int Starts = 25, ShortestShown = 200, LongestShown = 5000;

    /// <summary>
    /// Of evenly spaced starts the one whose forecast is valid for the median time, shown for twice as long; null
    /// if the truth is too short or full of gaps.
    /// </summary>
    public static TypicalForecast? Of(IObservedMap model, TimeSeries truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        int last = truth.Length - ShortestShown;
        if (last < 1)
            return null;
        List<(int Valid, int Start)> tried = [];
        for (int i = 0; i < Starts; i++)
        {
            int row = (int)((long)i * last / Starts);
            if (truth.Slice(row, ShortestShown).FindNonFinite() is null)
                tried.Add((ValidPredictionTime.Steps(model, truth, row), row));
        }
        if (tried.Count == 0)
            return null;
        tried.Sort();
        (int valid, int start) = tried[tried.Count / 2];
        int rows = Math.Min(truth.Length - start, Math.Clamp(2 * valid, ShortestShown, LongestShown));
        return new(start, valid, FreeRun.After(model, truth, start, rows));
    }
}
