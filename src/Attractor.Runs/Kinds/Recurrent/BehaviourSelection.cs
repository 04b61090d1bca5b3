using Attractor.Evaluation;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>What the states of a training are judged by: the longest stretch of the data without gaps.</summary>
internal static class BehaviourSelection
{
    /// <summary>
    /// How the model is selected; null where the settings or the data do not allow it, and the last state becomes the model.
    /// </summary>
    public static StateSelection? Of(RecurrentSettings settings, IReadOnlyList<TimeSeries> trials)
    {
        if (settings.SelectEvery == 0)
            return null;
        TimeSeries longest = LongestWhole(trials);
        return FreeRunScore.WhyNot(longest) is null ? new(new FreeRunScore(longest)) { Interval = settings.SelectEvery } : null;
    }

    /// <summary>The longest stretch of any of the trials.</summary>
    public static TimeSeries LongestWhole(IReadOnlyList<TimeSeries> trials) => trials.Select(LongestWhole).MaxBy(s => s.Length)!;

    private static TimeSeries LongestWhole(TimeSeries series)
    {
        int best = 0, length = 0, start = 0;
        for (int t = 0; t <= series.Length; t++)
        {
            if (t < series.Length && !series.Row(t).ContainsAny(double.NaN, double.PositiveInfinity, double.NegativeInfinity))
                continue;
            if (t - start > length)
                (best, length) = (start, t - start);
            start = t + 1;
        }
        return series.Slice(best, length);
    }
}
