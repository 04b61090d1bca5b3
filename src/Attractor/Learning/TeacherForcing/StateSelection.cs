namespace Attractor.Learning;

/// <summary>
/// How a training chooses the state that becomes the model: the latest among those looked at on the way whose score is about the lowest.
/// </summary>
/// <remarks>
/// The loss over short, forced windows hardly tells a network that runs on the attractor from one that leaves it; the two alternate within
/// one training. A training whose candidates are bad <see cref="Patience"/> times in a row goes back to the best state, with its moments,
/// and on with other windows.
/// </remarks>
/// <param name="Score">Judges a candidate.</param>
public sealed record StateSelection(CandidateScore Score)
{
    /// <summary>Updates between two candidates, rounded up to hundreds. The last state is a candidate too.</summary>
    public long Interval { get; init; } = 2000;

    /// <summary>
    /// How many times the lowest score a candidate may have to be chosen: scores scatter, and of two that are alike the later state was
    /// learnt at the lower rate.
    /// </summary>
    public double Slack { get; init; } = 1.15;

    /// <summary>How many times the lowest score a candidate must have to be bad.</summary>
    public double Tolerance { get; init; } = 3;

    /// <summary>Bad candidates in a row after which the training goes back to the best; null for never.</summary>
    public int? Patience { get; init; } = 2;

    /// <summary>
    /// Beginnings that are tried: each learns for one <see cref="Interval"/>, then the training goes on from the one of the lowest score.
    /// What a network runs like early tells whether it ever will.
    /// </summary>
    public int Draws { get; init; } = 1;

    /// <summary>The parameters of the d-th further beginning, d = 1 .. <see cref="Draws"/> - 1; the same whenever it is asked.</summary>
    public Func<int, double[]>? Draw { get; init; }

    /// <summary>How many beginnings have been tried after so many updates; null once that is over.</summary>
    internal int? DrawsTried(long update) => Draws > 1 && update / Interval <= Draws ? (int)(update / Interval) : null;

    /// <summary>
    /// The updates that the present beginning has had before an update, and those that the one that goes on will have had in all.
    /// </summary>
    internal (long Done, long All) ScheduleAt(long update, long updates)
    {
        long others = Math.Min(Draws - 1, Math.Max(0, (updates - 1) / Interval)) * Interval;
        return (update - Math.Min(others, update / Interval * Interval), updates - others);
    }

    /// <summary>Whether the state after a stretch of updates is a candidate.</summary>
    internal bool IsDue(long before, long update, long updates) => update / Interval != before / Interval || update == updates;

    internal void Check()
    {
        if (Interval <= 0)
            throw new ArgumentException($"The interval of the selection must be positive, not {Interval}.");
        if (!(Slack >= 1))
            throw new ArgumentException($"The slack of the selection must be a number of at least 1, not {Slack}.");
        if (!(Tolerance >= 1))
            throw new ArgumentException($"The tolerance of the selection must be a number of at least 1, not {Tolerance}.");
        if (Draws <= 0)
            throw new ArgumentException($"The selection must try at least one beginning, not {Draws}.");
        if (Draws > 1 && Draw is null)
            throw new ArgumentException($"The selection is to try {Draws} beginnings and has no way to draw them.");
        if (Patience <= 0)
            throw new ArgumentException($"The patience of the selection must be positive, not {Patience}.");
    }
}
