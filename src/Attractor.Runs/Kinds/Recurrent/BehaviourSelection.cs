using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>What the states of a training are judged by: the longest stretch without gaps, of several trials all of them.</summary>
internal static class BehaviourSelection
{
    // Beginnings take an eighth of a training.
    private const int Beginnings = 3, FewestLooks = 24;

    /// <summary>
    /// How the model is selected; null where the settings or the data do not allow it, and the last state becomes the model.
    /// </summary>
    public static StateSelection? Of(RecurrentSettings settings, IReadOnlyList<TimeSeries> trials, Standardization? inputUnits)
    {
        // With one state to look at there is nothing to choose.
        if (settings.SelectEvery is not > 0 || settings.SelectEvery >= settings.Updates)
            return null;
        // Of one recording the longest stretch serves, of several all.
        FreeRunScore? score = trials.Count > 1
            ? FreeRunScore.WhyNot(trials) is null ? new(trials) : null
            : FreeRunScore.WhyNot(LongestWhole(trials)) is null ? new(LongestWhole(trials)) : null;
        return score is not null
            ? new(score)
            {
                Interval = settings.SelectEvery.Value,
                Draws = settings.Updates / settings.SelectEvery >= FewestLooks ? Beginnings : 1,
                Draw = draw => settings.Beginning(trials, draw, inputUnits).Parameters.Values.ToArray(),
            }
            : null;
    }

    /// <summary>The longest stretch of any of the trials.</summary>
    public static TimeSeries LongestWhole(IReadOnlyList<TimeSeries> trials) => trials.Select(t => t.LongestWhole()).MaxBy(s => s.Length)!;
}
