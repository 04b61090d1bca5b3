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
    public double Slack { get; init; } = 1;

    /// <summary>How many times the lowest score a candidate must have to be bad.</summary>
    public double Tolerance { get; init; } = 3;

    /// <summary>Bad candidates in a row after which the training goes back to the best; null for never.</summary>
    public int? Patience { get; init; } = 2;

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
        if (Patience <= 0)
            throw new ArgumentException($"The patience of the selection must be positive, not {Patience}.");
    }
}
