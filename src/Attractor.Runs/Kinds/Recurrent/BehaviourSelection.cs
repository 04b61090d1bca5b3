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
    public static StateSelection? Of(RecurrentSettings settings, IReadOnlyList<TimeSeries> trials, DataPreparation prepared)
    {
        // With one state to look at there is nothing to choose.
        if (settings.SelectEvery is not > 0 || settings.SelectEvery >= settings.Updates)
            return null;
        return FreeRunScore.WhyNot(trials) is null
            ? new(new FreeRunScore(trials, prepared.Noise))
            {
                Interval = settings.SelectEvery.Value,
                Draws = settings.Updates / settings.SelectEvery >= FewestLooks ? Beginnings : 1,
                Draw = draw => settings.Beginning(trials, draw, prepared.InputUnits).Parameters.Values.ToArray(),
            }
            : null;
    }
}
