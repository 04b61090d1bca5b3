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
    public static TimeSeries LongestWhole(IReadOnlyList<TimeSeries> trials) => trials.Select(t => t.LongestWhole()).MaxBy(s => s.Length)!;
}
