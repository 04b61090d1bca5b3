namespace Attractor.Runs;

/// <summary>
/// Ends a trial whose best value so far is worse than the median of the values that completed trials had at the same step; not before
/// five trials have completed.
/// </summary>
/// <remarks>The rule of D. Golovin et al. (KDD 2017) as Optuna documents it.</remarks>
public sealed class MedianPruner : StudyPruner
{
    private const int Startup = 5;

    /// <inheritdoc/>
    public override string Name => "median";

    /// <inheritdoc/>
    public override bool IsToBePruned(PrunedCurve trial, IReadOnlyList<PrunedCurve> others, PruningSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(schedule);
        long step = trial.Values[^1].Step;
        PrunedCurve[] completed = [.. others.Where(o => o.IsCompleted)];
        if (step < schedule.First || completed.Length < Startup)
            return false;
        double[] values = [.. completed.Select(o => o.At(step)).OfType<double>().Order()];
        if (values.Length == 0)
            return false;
        double median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        return trial.Values.Min(v => v.Value) > median;
    }
}
