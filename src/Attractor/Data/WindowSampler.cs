using Attractor.Numerics;

namespace Attractor.Data;

/// <summary>
/// Draws windows of a fixed number of points, uniformly and with replacement from all that lie within one trial and hold no gap.
/// </summary>
/// <remarks>
/// A row with a missing or infinite value is a gap. The valid starts are kept as runs of consecutive rows, so memory grows
/// with the number of gaps, not of rows. Immutable: threads may share it, each with its own stream.
/// </remarks>
public sealed class WindowSampler
{
    // Run r holds the starts (_trial[r], _row[r] ...), and _end[r] counts the starts of runs 0 .. r.
    private readonly int[] _trial, _row;
    private readonly long[] _end;

    /// <summary>Finds the windows of a set of trials.</summary>
    /// <param name="trials">Series of the same N variables, of any lengths.</param>
    /// <param name="points">Rows of a window: T + 1 for T predicted steps.</param>
    /// <param name="onlyBegin">Whether it is enough for the first row of a window to be complete.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is not positive.</exception>
    /// <exception cref="ArgumentException">There is no trial, the trials differ in their number of
    /// variables, or no window fits.</exception>
    public WindowSampler(IReadOnlyList<TimeSeries> trials, int points, bool onlyBegin = false)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        if (trials.Count == 0)
            throw new ArgumentException("There are no trials to draw windows from.", nameof(trials));

        List<int> trial = [], row = [];
        List<long> end = [];
        (int Length, int Trial, int Row) longest = default;
        for (int i = 0; i < trials.Count; i++)
        {
            if (trials[i].Dimension != trials[0].Dimension)
            {
                throw new ArgumentException(
                    $"Trial {i} has {trials[i].Dimension} variables, expected {trials[0].Dimension} as in trial 0.", nameof(trials));
            }
            foreach ((int start, int whole) in trials[i].WholeStretches())
            {
                int length = onlyBegin ? Math.Min(whole + points - 1, trials[i].Length - start) : whole;
                if (length > longest.Length)
                    longest = (length, i, start);
                if (length < points)
                    continue;
                trial.Add(i);
                row.Add(start);
                end.Add((end.Count == 0 ? 0 : end[^1]) + length - points + 1);
            }
        }
        if (end.Count == 0)
        {
            throw new ArgumentException(
                $"No window of {points} points fits: the longest run of rows {(onlyBegin ? "from a complete one on" : "without a gap")} "
                + $"has {longest.Length} (trial {longest.Trial}, from row {longest.Row}); ask for shorter windows.",
                nameof(points));
        }
        (_trial, _row, _end) = ([.. trial], [.. row], [.. end]);
        Points = points;
    }

    /// <summary>Rows of a window.</summary>
    public int Points { get; }

    /// <summary>The number of different windows.</summary>
    public long Count => _end[^1];

    /// <summary>Fills <paramref name="starts"/> with independent draws; one number of the stream per window, no allocation.</summary>
    public void Sample(RandomStream stream, Span<WindowStart> starts)
    {
        ArgumentNullException.ThrowIfNull(stream);
        for (int i = 0; i < starts.Length; i++)
            starts[i] = At(stream.NextInt64(Count));
    }

    /// <summary>The window of the given number, counting through the trials from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not between 0 and <see cref="Count"/> - 1.</exception>
    public WindowStart At(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        int low = 0, high = _end.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_end[middle] > number)
                high = middle;
            else
                low = middle + 1;
        }
        long before = low == 0 ? 0 : _end[low - 1];
        return new(_trial[low], _row[low] + (int)(number - before));
    }
}
