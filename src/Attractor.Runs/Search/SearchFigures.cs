using Attractor.Learning;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>What a search found, drawn.</summary>
internal static class SearchFigures
{
    /// <summary>The score of each trial with its standard deviation, over one hyperparameter.</summary>
    public static LineFigure ErrorBars(
        string title,
        string caption,
        string xLabel,
        string yLabel,
        IReadOnlyList<(double X, ReservoirTrial Trial)> trials,
        bool logX,
        bool joined = true,
        bool logY = false)
    {
        (double X, ReservoirTrial Trial)[] ordered = [.. trials.Where(t => double.IsFinite(t.Trial.Mean)).OrderBy(t => t.X)];
        return new(title, caption, xLabel, yLabel,
        [
            new(yLabel, "--generated", [.. ordered.Select(t => t.X)], [.. ordered.Select(t => t.Trial.Mean)])
            {
                Error = [.. ordered.Select(t => t.Trial.StandardDeviation)],
                Style = joined ? CurveStyle.LinesAndDots : CurveStyle.Dots,
                Size = joined ? 1.5 : 6,
            },
        ])
        {
            LogX = logX,
            LogY = logY,
        };
    }
}
