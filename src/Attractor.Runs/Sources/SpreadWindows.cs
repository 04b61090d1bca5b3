namespace Attractor.Runs;

/// <summary>Windows of some trials, evenly over all places where one fits.</summary>
internal static class SpreadWindows
{
    /// <param name="trials">T_k x N each.</param>
    /// <param name="count">How many.</param>
    /// <param name="steps">Steps of each, which takes one row more.</param>
    /// <exception cref="SettingException">No trial is long enough.</exception>
    public static TimeSeries[] Of(IReadOnlyList<TimeSeries> trials, int count, int steps)
    {
        int longest = trials.Max(trial => trial.Length);
        if (longest <= steps)
            throw new SettingException(SettingSentence.Join(
                $"the {(trials.Count == 1 ? "data have" : "longest trial has")} {longest} rows, ",
                $"a window of {nameof(RecurrentSettings.Sequence):setting} {steps} takes {steps + 1}"));
        TimeSeries[] fitting = [.. trials.Where(trial => trial.Length > steps)];
        long places = fitting.Sum(trial => (long)trial.Length - steps);
        return [.. Enumerable.Range(0, count).Select(i => At(count == 1 ? 0 : (places - 1) * i / (count - 1)))];

        TimeSeries At(long place)
        {
            int trial = 0;
            while (place >= fitting[trial].Length - steps)
                place -= fitting[trial++].Length - steps;
            return fitting[trial].Slice((int)place, steps + 1);
        }
    }
}
