using Attractor.Models;

namespace Attractor.Runs;

/// <summary>What an observation model is to observe, and what data look like.</summary>
internal static class ObservedValues
{
    /// <summary>Whether observations are those of an observation model: an encoder tells the states of them.</summary>
    public static bool AreEncoded(StateObservation observation)
        => observation is not (StateObservation.Identity or StateObservation.Affine);

    /// <summary>Whether they are levels, of which there is a number.</summary>
    public static bool HaveLevels(StateObservation observation)
        => observation is StateObservation.Ordinal or StateObservation.Categorical;

    /// <summary>The largest level of data; 2 of fewer.</summary>
    public static int LevelsOf(IReadOnlyList<TimeSeries> trials) => (int)Math.Clamp(
        trials.SelectMany(t => t.Values.ToArray()).Where(double.IsFinite).DefaultIfEmpty().Max(), 2, ObservationModel.MostLevels);

    /// <summary>Refuses values that a model cannot observe.</summary>
    /// <exception cref="SettingException">There is one; the message says where.</exception>
    public static void Require(StateObservation observation, ObservationModel model, IReadOnlyList<TimeSeries> trials)
    {
        foreach (TimeSeries trial in trials)
            for (int t = 0; t < trial.Length; t++)
                for (int n = 0; n < trial.Dimension; n++)
                {
                    double x = trial[t, n];
                    // A grey value is the expectation of a pixel, not an observation.
                    bool isGrey = observation is StateObservation.Bernoulli && x is not (0 or 1);
                    if (double.IsNaN(x) || (!isGrey && model.Refusal(x) is null))
                        continue;
                    string expected = isGrey ? "0 or 1"
                        : model.Levels is { } levels ? $"a whole number from 1 to {levels}"
                        : "a count, 0, 1, 2, ..";
                    throw new SettingException(SettingSentence.Join(
                        $"the data hold {x} in row {t} of '{trial.Names[n]}', and a {KebabCase.Of(observation)} observation is {expected}",
                        model.Levels is null
                            ? $"; {nameof(RecurrentSettings.Observation):setting} identity or affine takes real numbers"
                            : (FormattableString)$"; number them from 1, or give {nameof(RecurrentSettings.Levels):setting}"));
                }
    }

    /// <summary>A sentence for those whose data are counts and are learnt as real numbers; null of other data.</summary>
    public static FormattableString? Hint(StateObservation observation, IReadOnlyList<TimeSeries> trials)
    {
        if (AreEncoded(observation))
            return null;
        double most = 0;
        foreach (TimeSeries trial in trials)
            foreach (double x in trial.Values)
            {
                if (double.IsNaN(x))
                    continue;
                if (x < 0 || x != Math.Floor(x))
                    return null;
                most = Math.Max(most, x);
            }
        return most switch
        {
            0 => null,
            1 => $"the data are 0 and 1: {nameof(RecurrentSettings.Observation):setting} bernoulli learns them as such",
            _ => SettingSentence.Join(
                $"the data are whole numbers of at least 0: {nameof(RecurrentSettings.Observation):setting} poisson ",
                $"(or negative-binomial, ordinal, categorical) learns them as counts or levels"),
        };
    }
}
