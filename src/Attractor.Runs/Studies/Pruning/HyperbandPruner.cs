using Attractor.Numerics;

namespace Attractor.Runs;

/// <summary>
/// Hyperband (L. Li et al., Journal of Machine Learning Research 18, 2018): several successive halvings that begin to decide at
/// different steps, each among the trials that fall to it.
/// </summary>
/// <remarks>
/// Which one a trial falls to depends on the seed and its number alone. A halving that decides later gets fewer trials: as many as cost
/// about as much as those of any other.
/// </remarks>
public sealed class HyperbandPruner : StudyPruner
{
    private const string Purpose = "hyperband";

    /// <inheritdoc/>
    public override string Name => "hyperband";

    /// <inheritdoc/>
    public override bool IsToBePruned(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(schedule);
        int bracket = BracketOf(trial.Number, schedule);
        return SuccessiveHalvingPruner.IsBehind(
            trial, [.. others.Where(o => BracketOf(o.Number, schedule) == bracket)], schedule, bracket);
    }

    /// <summary>How many factors later than the first the halving of a trial begins.</summary>
    internal static int BracketOf(long number, PruningSchedule schedule)
    {
        int last = Math.Max(0, (int)Math.Floor(Math.Log((double)schedule.Last / schedule.First) / Math.Log(schedule.Factor) + 1e-9));
        // The most trials of a bracket with s decisions left: (last + 1) factor^s / (s + 1).
        double[] sizes = [.. Enumerable.Range(0, last + 1).Select(b => Math.Ceiling(
            (last + 1) * Math.Pow(schedule.Factor, last - b) / (last - b + 1)))];
        double place = new RandomStream((ulong)schedule.Seed, Purpose, (ulong)number).NextDouble() * sizes.Sum();
        int bracket = 0;
        while (bracket < last && (place -= sizes[bracket]) >= 0)
            bracket++;
        return bracket;
    }
}
