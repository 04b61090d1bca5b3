namespace Attractor.Reports;

/// <summary>Curves of several trials as one: a gap parts them, so that no line crosses a border.</summary>
internal static class TrialCurves
{
    /// <summary>The points of each trial from its beginning, a share of them where there are too many.</summary>
    /// <param name="trials">The points of each.</param>
    /// <param name="gap">What stands between two trials: a value that is not drawn.</param>
    /// <param name="most">Points in all.</param>
    public static T[] Of<T>(IReadOnlyList<T[]> trials, T gap, int most)
    {
        if (trials.Count == 1)
            return trials[0].Length <= most ? trials[0] : trials[0][..most];
        long all = trials.Sum(trial => (long)trial.Length);
        List<T> points = [];
        foreach (T[] trial in trials)
        {
            if (points.Count > 0)
                points.Add(gap);
            points.AddRange(trial.AsSpan(0, all <= most ? trial.Length : (int)Math.Min(trial.Length, trial.Length * (long)most / all + 1)));
        }
        return [.. points];
    }

    /// <summary>All rows one after the other, for what does not ask in which order they come.</summary>
    public static TimeSeries Joined(IReadOnlyList<TimeSeries> trials) => trials is [var single] ? single
        : new([.. trials.SelectMany(trial => trial.Values.ToArray())], trials[0].Dimension, trials[0].Dt, trials[0].Names);
}
