using Attractor.Models;
using Attractor.Probability;

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
    public static int LevelsOf(IReadOnlyList<TimeSeries> trials) => LevelsOf(trials, [.. Enumerable.Range(0, trials[0].Dimension)]);

    /// <summary>The same of some columns.</summary>
    public static int LevelsOf(IReadOnlyList<TimeSeries> trials, IReadOnlyList<int> columns) => (int)Math.Clamp(
        trials.SelectMany(t => columns.SelectMany(n => t.Column(n))).Where(double.IsFinite).DefaultIfEmpty().Max(),
        2,
        ObservationModel.MostLevels);

    /// <summary>Refuses values that a model cannot observe.</summary>
    /// <exception cref="SettingException">There is one; the message says where.</exception>
    public static void Require(ObservationModel model, IReadOnlyList<int> columns, IReadOnlyList<TimeSeries> trials)
    {
        foreach (TimeSeries trial in trials)
            for (int t = 0; t < trial.Length; t++)
                foreach (int n in columns)
                {
                    double x = trial[t, n];
                    // A grey value is the expectation of a pixel, not an observation.
                    bool isGrey = model.Support is Domain.Binary && x is not (0 or 1);
                    if (double.IsNaN(x) || (!isGrey && model.Refusal(x) is null))
                        continue;
                    string expected = isGrey ? "0 or 1"
                        : model.Support is Domain.Real ? "a finite number"
                        : model.Levels is { } levels ? $"a whole number from 1 to {levels}"
                        : "a count, 0, 1, 2, ..";
                    throw new SettingException(SettingSentence.Join(
                        $"the data hold {x} in row {t} of '{trial.Names[n]}', and a {model.Name} observation is {expected}",
                        model.Levels is null
                            ? $"; {nameof(RecurrentSettings.Observation):setting} identity or affine takes real numbers"
                            : (FormattableString)$"; number them from 1, or give more levels"));
                }
    }

    /// <summary>Refuses real numbers that lie so close together, far from 0, that single precision blurs them.</summary>
    /// <exception cref="SettingException">A variable does; the message says which.</exception>
    public static void RequireDistinct(ObservationModel model, IReadOnlyList<int> columns, IReadOnlyList<TimeSeries> trials)
    {
        const double most = 1e4;
        if (model.Support is not Domain.Real)
            return;
        foreach (int n in columns)
        {
            double[] values = [.. trials.SelectMany(t => t.Column(n)).Where(double.IsFinite).DefaultIfEmpty()];
            double least = values.Min(), largest = values.Max();
            if (largest > least && Math.Max(Math.Abs(least), Math.Abs(largest)) > most * (largest - least))
                throw new SettingException(SettingSentence.Join(
                    $"'{trials[0].Names[n]}' goes from {least:G9} to {largest:G9}, which single precision blurs: subtract a constant, ",
                    $"or give {nameof(RecurrentSettings.Precision):setting} float64"));
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
