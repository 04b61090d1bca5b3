namespace Attractor.Dynamics;

/// <summary>Trials one after the other, so that points of different trials can be neighbours, and none is followed into the next.</summary>
/// <param name="Rows">All rows, T_1 + T_2 + ... x N.</param>
/// <param name="Lengths">T_1, T_2, ...</param>
/// <remarks>
/// Rows of two trials that lie near a border are near in the order of rows: with a Theiler window they are no pair, as if they were near
/// in time. That leaves out a few pairs that might count, and counts none that must not.
/// </remarks>
internal sealed record PooledTrials(TimeSeries Rows, IReadOnlyList<int> Lengths)
{
    /// <exception cref="ArgumentException">There is no trial, or they have different numbers of variables.</exception>
    public static PooledTrials Of(IReadOnlyList<TimeSeries> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        if (trials.Count == 0)
            throw new ArgumentException("There is no trial.", nameof(trials));
        TimeSeries longest = trials.MaxBy(trial => trial.Length)!;
        if (trials.FirstOrDefault(trial => trial.Dimension != longest.Dimension) is { } other)
            throw new ArgumentException(
                $"Trials have the same variables: found {longest.Dimension} and {other.Dimension}.", nameof(trials));
        return new(
            trials.Count == 1
                ? longest
                : new([.. trials.SelectMany(trial => trial.Values.ToArray())], longest.Dimension, longest.Dt, longest.Names),
            [.. trials.Select(trial => trial.Length)]);
    }

    /// <summary>The rows that are followed by as many of the same trial, ascending.</summary>
    public int[] FollowedBy(int steps)
    {
        List<int> rows = [];
        int start = 0;
        foreach (int length in Lengths)
        {
            for (int t = 0; t + steps < length; t++)
                rows.Add(start + t);
            start += length;
        }
        return [.. rows];
    }
}
