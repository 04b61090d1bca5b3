namespace Attractor.Runs;

/// <summary>
/// Asynchronous successive halving (L. Li et al., MLSys 2020): at steps that grow by a factor a trial goes on if it is among the best
/// 1/factor of all that came as far, or the best as long as these are fewer than the factor.
/// </summary>
public sealed class SuccessiveHalvingPruner : StudyPruner
{
    /// <inheritdoc/>
    public override string Name => "halving";

    /// <inheritdoc/>
    public override bool IsToBePruned(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule)
        => IsBehind(trial, others, schedule, 0);

    /// <summary>The same where the first decision comes some factors later.</summary>
    internal static bool IsBehind(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule, int later)
    {
        (long step, double value) = trial.Values[^1];
        long before = trial.Values.Count > 1 ? trial.Values[^2].Step : 0;
        if (!IsRung(before, step, schedule, later))
            return false;
        double[] field = [.. others.Select(o => o.At(step)).OfType<double>().Append(value).Order()];
        return value > field[Math.Max(0, (field.Length / schedule.Factor) - 1)];
    }

    // Whether a decision falls after one step and not after the other.
    private static bool IsRung(long before, long step, PruningSchedule schedule, int later)
    {
        double rung = schedule.First * Math.Pow(schedule.Factor, later);
        while (rung <= before)
            rung *= schedule.Factor;
        return rung <= step && step < schedule.Last;
    }
}
