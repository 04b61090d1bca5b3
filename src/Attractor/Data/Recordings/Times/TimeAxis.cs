using System.Globalization;

namespace Attractor.Data;

/// <summary>The times of the rows of one or several trials: the step between two of them, gaps, and steps that differ.</summary>
internal sealed class TimeAxis
{
    // A step that is longer than the usual one by half leaves out a row; one that differs by more than a hundredth is not the usual one.
    private const double Gap = 1.5, Even = 0.01;

    // Where steps differ, only a long one is a gap to whoever interpolates.
    private const double LongGap = 3;

    // Where more than one step in ten is another, the recording has no usual one.
    private const double MostUneven = 0.1;

    // Two units in the last place of a float32.
    private const double FloatDigit = 2.4e-7;

    private TimeAxis(
        double step, double least, double most,
        IReadOnlyList<IReadOnlyList<int>> gaps, IReadOnlyList<IReadOnlyList<int>> breaks, bool isEven)
        => (Step, Least, Most, Gaps, Breaks, IsEven) = (step, least, most, gaps, breaks, isEven);

    /// <summary>The median of the steps.</summary>
    public double Step { get; }

    /// <summary>The shortest step.</summary>
    public double Least { get; }

    /// <summary>The longest step.</summary>
    public double Most { get; }

    /// <summary>Of each trial the rows after which times are left out; none where the steps are not even.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Gaps { get; }

    /// <summary>
    /// Of each trial the rows after which nothing is to be interpolated: the gaps, and where steps differ those of more than three usual
    /// ones.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Breaks { get; }

    /// <summary>Whether the steps, gaps aside, are all the same.</summary>
    public bool IsEven { get; }

    /// <summary>The axis of the times of trials; null if no trial has two rows.</summary>
    /// <param name="trials">Of each trial the times of its rows.</param>
    /// <param name="name">The column, for messages.</param>
    /// <exception cref="InvalidDataException">The times do not rise from row to row.</exception>
    public static TimeAxis? Of(IReadOnlyList<double[]> trials, string name)
    {
        if (FirstFall(trials) is { } fall)
        {
            double[] times = trials[fall.Trial];
            string what = double.IsNaN(times[fall.Row]) || double.IsNaN(times[fall.Row + 1]) ? "are missing"
                : times[fall.Row] == times[fall.Row + 1] ? "stay the same" : "go back";
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"the times in '{Excerpt.Of(name.AsSpan())}' {what} between rows {fall.Row} and {fall.Row + 1}"
                + $"{(trials.Count > 1 ? $" of trial {fall.Trial}" : "")} (counting from 0); sort the rows, or name the column that says "
                + $"which trial a row belongs to"));
        }
        double[] steps = [.. trials.SelectMany(Steps)];
        if (steps.Length == 0)
            return null;
        double least = steps.Min(), most = steps.Max();
        Array.Sort(steps);
        double median = steps[(steps.Length - 1) / 2];
        double tolerance = (Even * median) + Rounding(trials);
        int uneven = steps.Count(step => Math.Abs(step - median) > tolerance);
        bool hasUsual = uneven <= MostUneven * steps.Length;
        bool isEven = hasUsual && Array.TrueForAll(steps, step => Math.Abs(step - median) <= tolerance || step > Gap * median);
        return new(
            isEven && steps[^1] <= Gap * median ? Resolved(trials, median) : median, least, most,
            [.. trials.Select(times => hasUsual ? GapsOf(times, Gap * median) : [])],
            [.. trials.Select(times => GapsOf(times, (hasUsual ? Gap : LongGap) * median))],
            isEven);
    }

    // The difference of two large times, such as seconds since 1970, has few digits; that of the first and the last has more of them, and
    // what is written with the fewest digits within their rounding is meant.
    private static double Resolved(IReadOnlyList<double[]> trials, double median)
    {
        const int MostDigits = 12;
        const double Coarse = 1e-9;
        double digit = trials.Where(t => t.Length > 0).Max(t => Math.Max(Math.BitIncrement(Math.Abs(t[0])) - Math.Abs(t[0]),
            Math.BitIncrement(Math.Abs(t[^1])) - Math.Abs(t[^1])));
        int count = trials.Sum(t => Math.Max(0, t.Length - 1));
        double mean = trials.Where(t => t.Length > 1).Sum(t => t[^1] - t[0]) / count;
        if (digit < Coarse * median || Math.Abs(mean - median) > 4 * digit)
            return median;
        double rounding = 2 * digit * trials.Count / count;
        for (int digits = 1; digits < MostDigits; digits++)
            if (double.Parse(mean.ToString("E" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var simple
                && Math.Abs(simple - mean) <= rounding)
                return simple;
        return mean;
    }

    /// <summary>Where times do not rise; null if they do everywhere.</summary>
    public static (int Trial, int Row)? FirstFall(IReadOnlyList<double[]> trials)
    {
        for (int i = 0; i < trials.Count; i++)
            for (int t = 1; t < trials[i].Length; t++)
                if (!(trials[i][t] > trials[i][t - 1]))
                    return (i, t - 1);
        return null;
    }

    /// <summary>Whether times fall from every row to the next.</summary>
    public static bool Falls(double[] times)
    {
        for (int t = 1; t < times.Length; t++)
            if (!(times[t] < times[t - 1]))
                return false;
        return times.Length > 1;
    }

    /// <summary>
    /// The rows before which times begin anew: few of them, with rising times in between; null if that is not how they are.
    /// </summary>
    /// <param name="times">The times of all rows.</param>
    /// <param name="even">Whether times must rise by the same steps to be taken for times.</param>
    public static IReadOnlyList<int>? Restarts(double[] times, bool even)
    {
        List<int> restarts = [];
        List<double> steps = [];
        for (int t = 1; t < times.Length; t++)
        {
            double step = times[t] - times[t - 1];
            if (!double.IsFinite(step) || step == 0)
                return null;
            if (step > 0)
                steps.Add(step);
            else
                restarts.Add(t);
            if (restarts.Count > MostUneven * times.Length)
                return null;
        }
        if (restarts.Count == 0 || !even)
            return restarts.Count == 0 ? null : restarts;
        steps.Sort();
        double median = steps[(steps.Count - 1) / 2];
        double tolerance = (Even * median) + Rounding([times]);
        return steps.Count(step => Math.Abs(step - median) > tolerance) <= MostUneven * steps.Count ? restarts : null;
    }

    private static int[] GapsOf(double[] times, double longest)
        => [.. Enumerable.Range(0, Math.Max(0, times.Length - 1)).Where(t => times[t + 1] - times[t] > longest)];

    private static IEnumerable<double> Steps(double[] times)
        => Enumerable.Range(1, Math.Max(0, times.Length - 1)).Select(t => times[t] - times[t - 1]);

    // Times with few digits, such as those of a float32, are not even to the last of them.
    private static double Rounding(IReadOnlyList<double[]> trials)
        => FloatDigit * trials.Where(t => t.Length > 0).Max(t => Math.Max(Math.Abs(t[0]), Math.Abs(t[^1])));
}
